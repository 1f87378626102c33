"""The lexicon: tables of words and constructions, compiled into what the coder looks up.

A lexicon is a folder of CSV tables (`docs/reference/lexicon.md` gives the format):

* `classes.csv`: classes of words (`@aid`, `@sanctions`, `@armed`), so that one row covers many words;
* `verbs.csv`, `nouns.csv`, `adjectives.csv`: what codes, and under which constraints;
* `echoes.csv`: nouns by which a later sentence speaks of an event ('the verdict');
* `domains.csv`: words of what is told in the words of politics and is none (sport, stories, markets);
* `transforms.csv`: what an operator (agree, refuse, threaten, demand, ...) makes of the code it governs.

Folders later in the list extend earlier ones, and a row of a later folder wins over an equally specific one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..errors import CodebookError
from .petrarch_verbs import Pattern
from .transformations import Transformation

HERE = Path(__file__).parent / "tables" / "lexicon"
ANY = frozenset({"*"})
ENTITY_CLASSES = frozenset({"@state", "@person", "@org", "@actor", "@armed", "@place", "@number", "@money"})
"""Classes that a word can also belong to by what it names: GPE, PERSON, ORG, ..."""
SURE = 3
"""The weight of a word that only one domain uses (`domains.csv`)."""
SHAPES = frozenset({"@several"})
"""What a row asks of the shape of a phrase and not of its words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a lexicon table, compiled for one lemma."""

    lemma: str
    particle: str | None
    objects: frozenset[str] | None
    """Words and classes of which the object must show one; ANY for any object; empty for none allowed; None
    where the row does not care."""
    unless: frozenset[str]
    """Words and classes that the object must not show."""
    preps: tuple[tuple[str, frozenset[str]], ...]
    """(preposition, words and classes): one of these phrases has to stand with the verb or noun."""
    code: str
    """CAMEO code; '' where only the operator counts; '-' for a sense that is no event."""
    operator: str | None
    roles: frozenset[str]
    """'rev' (the grammatical object acts), 'recip', 'weak', 'actor', 'to', 'from', 'with', ...: see the reference."""
    rank: int
    """Specificity: rows with more constraints win."""
    source: str
    """'verbs.csv:12', for explain and for errors."""
    pattern: Pattern | None = None
    """What must stand around the verb, where the row comes from a PETRARCH dictionary."""
    structured: bool = False
    """Whether that dictionary tells phrases from words (PETRARCH2)."""


@dataclass
class Lexicon:
    """All rows by lemma, the word classes, and the operators' transforms."""

    verbs: dict[str, list[Row]] = field(default_factory=dict)
    nouns: dict[str, list[Row]] = field(default_factory=dict)
    adjectives: dict[str, list[Row]] = field(default_factory=dict)
    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    """Word to the classes that it is in."""
    members: dict[str, frozenset[str]] = field(default_factory=dict)
    transforms: dict[str, dict[str, str]] = field(default_factory=dict)
    """Operator to code prefix to code."""
    refinements: list[tuple[frozenset[str], frozenset[str], str]] = field(default_factory=list)
    """(codes, words, what they become), in order."""
    echoes: dict[str, frozenset[str]] = field(default_factory=dict)
    """Noun to the beginnings of the codes of the event that it may speak of."""
    forms: dict[str, list[Row]] = field(default_factory=dict)
    """Rows of the user's dictionaries by the form of the verb that they give ('left' may not be 'leave')."""
    transformations: tuple[Transformation, ...] = ()
    """What the user's dictionaries make of an event below a verb, in their order."""
    discards: tuple[str, ...] = ()
    """Regular expressions of what is not coded in any sentence that shows it, and ..."""
    discards_all: tuple[str, ...] = ()
    """... in any document that does."""
    domains: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Words of what is told in the words of politics and is none, with domain and weight (`domains.csv`)."""

    _refined: dict[str, list[tuple[frozenset[str], str]]] = field(default_factory=dict, repr=False, compare=False)

    def refinements_of(self, code: str) -> list[tuple[frozenset[str], str]]:
        """(words, what `code` becomes beside them), in order."""
        found = self._refined.get(code)
        if found is None:
            found = [(words, becomes) for codes, words, becomes in self.refinements if code in codes]
            self._refined[code] = found
        return found

    def classes_of(self, word: str) -> frozenset[str]:
        return self.classes.get(word, _NONE)

    def is_in(self, word: str, name: str) -> bool:
        """Whether `word` belongs to the class `name` ('@aid')."""
        return name in self.classes.get(word, _NONE)

    def transform(self, operator: str, code: str) -> str | None:
        """What `operator` makes of `code` ('agree' of 073 is 0333), None where it makes nothing of it."""
        table = self.transforms.get(operator, {})
        for size in range(len(code), 0, -1):
            found = table.get(code[:size])
            if found is not None:
                return None if found == "-" else code if found == "=" else found
        found = table.get("*")
        return None if found in {None, "-"} else code if found == "=" else found

    def count(self) -> int:
        """How many (word, construction) entries the lexicon holds."""
        return sum(len(rows) for table in (self.verbs, self.nouns, self.adjectives) for rows in table.values())


_NONE: frozenset[str] = frozenset()


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, row) of one table; lines that begin with # and empty ones are left out."""
    with path.open(encoding="utf-8", newline="") as handle:
        lines = [(n, line) for n, line in enumerate(handle, 1) if line.strip() and not line.lstrip().startswith("#")]
    reader = csv.DictReader((line for _, line in lines), delimiter=";")
    for (number, _), row in zip(lines[1:], reader, strict=False):
        if None in row:
            raise CodebookError(f"{path.name}:{number}: too many fields; quote a field that holds a semicolon")
        yield number, {key: (value or "").strip() for key, value in row.items()}


@cache
def load_lexicon(*folders: Path) -> Lexicon:
    """The lexicon of `folders`, later ones over earlier ones; detente's own where none is given.

    Raises CodebookError with file and line where a table is malformed.
    """
    lexicon = Lexicon()
    for folder in folders or (HERE,):
        _add_classes(lexicon, folder / "classes.csv")
        _add_transforms(lexicon, folder / "transforms.csv")
        _add_refinements(lexicon, folder / "refine.csv")
        _add_echoes(lexicon, folder / "echoes.csv")
        _add_domains(lexicon, folder / "domains.csv")
        for name, table in (
            ("verbs.csv", lexicon.verbs),
            ("nouns.csv", lexicon.nouns),
            ("adjectives.csv", lexicon.adjectives),
        ):
            _add_table(lexicon, table, folder / name)
    for table in (lexicon.verbs, lexicon.nouns, lexicon.adjectives):
        for rows in table.values():
            rows.reverse()
            rows.sort(key=lambda row: -row.rank)
    return lexicon


def _add_classes(lexicon: Lexicon, path: Path) -> None:
    if not path.exists():
        return
    members: dict[str, set[str]] = {name: set(words) for name, words in lexicon.members.items()}
    for number, row in read_rows(path):
        name = row.get("class", "")
        if not name.startswith("@"):
            raise CodebookError(f"{path.name}:{number}: a class begins with @, as in @aid; this is {name!r}")
        members.setdefault(name, set()).update(row["words"].split())
    closed = {name: _closure(name, members, ()) for name in members}
    by_word: dict[str, set[str]] = {}
    for name, words in closed.items():
        for word in words:
            by_word.setdefault(word, set()).add(name)
    lexicon.members = {name: frozenset(words) for name, words in closed.items()}
    lexicon.classes = {word: frozenset(names) for word, names in by_word.items()}


def _closure(name: str, members: dict[str, set[str]], above: tuple[str, ...]) -> set[str]:
    """The words of a class with those of the classes that it names."""
    if name in above:
        raise CodebookError(f"classes.csv: {name} contains itself by way of {' '.join(above)}")
    words: set[str] = set()
    for word in members.get(name, set()):
        if word.startswith("@"):
            words |= _closure(word, members, (*above, name))
        else:
            words.add(word)
    return words


def _add_transforms(lexicon: Lexicon, path: Path) -> None:
    if not path.exists():
        return
    for number, row in read_rows(path):
        if not row["operator"] or not row["code"]:
            raise CodebookError(f"{path.name}:{number}: a transform needs operator, prefix and code")
        table = lexicon.transforms.setdefault(row["operator"], {})
        for prefix in row["prefix"].split():
            table[prefix] = row["code"]


def _add_refinements(lexicon: Lexicon, path: Path) -> None:
    if not path.exists():
        return
    rows = []
    for number, row in read_rows(path):
        words: set[str] = set()
        for word in row["words"].split():
            _check_class(lexicon, word, f"{path.name}:{number}")
            words |= lexicon.members.get(word, {word})
        rows.append((frozenset(row["codes"].split()), frozenset(words), row["becomes"]))
    lexicon.refinements = rows + lexicon.refinements


def _add_echoes(lexicon: Lexicon, path: Path) -> None:
    if not path.exists():
        return
    for _, row in read_rows(path):
        for word in row["words"].split():
            lexicon.echoes[word] = lexicon.echoes.get(word, _NONE) | frozenset(row["codes"].split())


def _add_domains(lexicon: Lexicon, path: Path) -> None:
    """Words with their domain and weight: SURE for a word of its own, 1 for one that it shares; '-' takes words out."""
    if not path.exists():
        return
    table: dict[str, tuple[str, int]] = {}
    for number, row in read_rows(path):
        if not row.get("domain"):
            raise CodebookError(f"{path.name}:{number}: a row needs a domain; '-' takes its words out of all domains")
        table |= {word: (row["domain"], 1) for word in row.get("weak", "").split() if word not in table}
        table |= {word: (row["domain"], SURE) for word in row.get("strong", "").split()}
    lexicon.domains |= table
    for word in [word for word, (domain, _) in lexicon.domains.items() if domain == "-"]:
        del lexicon.domains[word]


def _add_table(lexicon: Lexicon, table: dict[str, list[Row]], path: Path) -> None:
    if not path.exists():
        return
    for number, fields in read_rows(path):
        source = f"{path.name}:{number}"
        for row in _compile(lexicon, fields, source, particles=path.name == "verbs.csv"):
            table.setdefault(row.lemma, []).append(row)


def _compile(lexicon: Lexicon, fields: dict[str, str], source: str, *, particles: bool) -> Iterable[Row]:
    objects, unless = _object_constraint(lexicon, fields.get("object", ""), source)
    preps = tuple(_preposition(lexicon, word, source) for word in fields.get("with", "").split())
    operator, _, code = fields["code"].rpartition("/")
    roles = frozenset(fields.get("roles", "").split())
    rank = 0
    if objects is not None:
        rank += 1 if objects == ANY else 2 if not objects else 4
    if unless:
        rank += 1
    if preps:
        rank += 2 if all(words == ANY for _, words in preps) else 4
    rank *= 3  # room for what matching adds: a literal word before a class, a head before a modifier
    for word in fields["words"].split():
        lemma, _, particle = word.partition("_") if particles else (word, "", "")
        yield Row(
            lemma=lemma,
            particle=particle or None,
            objects=objects,
            unless=unless,
            preps=preps,
            code=code,
            operator=operator or None,
            roles=roles,
            rank=rank + (6 if particle else 0),
            source=source,
        )


def _object_constraint(lexicon: Lexicon, text: str, source: str) -> tuple[frozenset[str] | None, frozenset[str]]:
    words = text.split()
    unless = frozenset(word[1:] for word in words if word.startswith("!"))
    wanted = [word for word in words if not word.startswith("!")]
    for word in (*wanted, *unless):
        _check_class(lexicon, word, source)
    if not wanted:
        return None, unless
    if wanted == ["-"]:
        return frozenset(), unless
    return frozenset(wanted), unless


def _preposition(lexicon: Lexicon, text: str, source: str) -> tuple[str, frozenset[str]]:
    preposition, colon, words = text.partition(":")
    if not colon:
        raise CodebookError(f"{source}: a phrase is written preposition:words, as in with:@talks; this is {text!r}")
    wanted = frozenset(words.split("|"))
    for word in wanted:
        _check_class(lexicon, word, source)
    return preposition, wanted


def _check_class(lexicon: Lexicon, word: str, source: str) -> None:
    for part in word.split("&"):
        if not part.startswith("@") or part in lexicon.members or part in ENTITY_CLASSES or part in SHAPES:
            continue
        raise CodebookError(f"{source}: no class {part}; add it to classes.csv or correct the name")
