"""Issues: topics of one meaning under one name, within a document and across documents; the user's own list first."""

from __future__ import annotations

import csv
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml
from spacy.tokens import Token

from ..actors import Who, find_actors
from ..document import Document
from ..errors import CodebookError
from ..language import parse
from .topics import actor_keys, topic_tokens

EMPTY = frozenset("the a an on of in to for with against over about and or by from at any all new further".split())


@dataclass(frozen=True)
class Grouping:
    """The table of heads that mean the same, heads that say little, and adjectives that tell things apart."""

    same: dict[str, str]
    broad: frozenset[str]
    telling: frozenset[str]
    vague: frozenset[str]
    people: frozenset[str]

    def head(self, lemma: str) -> str:
        return self.same.get(lemma, lemma)


@cache
def load_grouping() -> Grouping:
    """The shipped table."""
    table = tomllib.loads(files(__package__).joinpath("tables/issues.toml").read_text(encoding="utf-8"))
    same = {word: line.split()[0] for line in table["same"]["heads"] for word in line.split()}
    lists = (table["broad"]["heads"], table["broad"]["telling"], table["none"]["vague"], table["none"]["people"])
    return Grouping(same, *(frozenset(words.split()) for words in lists))


def issue_name(head: Token, keys: Sequence[str]) -> str:
    """'nuclear program: IRN': what tells it apart, the head, and the actors that it names, sorted."""
    grouping = load_grouping()
    lemma = head.lemma_.lower()
    named = [m.lemma_.lower() for m in modifiers(head) if lemma in grouping.broad]
    name = " ".join([*dict.fromkeys(named), grouping.head(lemma)])
    return f"{name}: {', '.join(keys)}" if keys else name


def modifiers(head: Token) -> list[Token]:
    """The nouns and the telling adjectives in front of a head that are no names."""
    telling = load_grouping().telling
    found = []
    for child in head.lefts:
        if child.ent_type_ in {"GPE", "NORP", "ORG", "PERSON", "DATE", "CARDINAL"} or child.pos_ == "PROPN":
            continue
        if (child.dep_ in {"compound", "nmod"} and child.pos_ == "NOUN") or (
            child.dep_ == "amod" and child.lemma_.lower() in telling
        ):
            found.append(child)
    return found


def issue_of(phrase: str) -> str:
    """The issue that a phrase names by itself: 'sanctions on Iran' gives 'sanction: IRN'; '' for an empty phrase."""
    parsed = parse(Document.from_text(phrase))
    who: Who = find_actors(parsed)
    roots = [t for t in parsed.doc if t.pos_ in {"NOUN", "PROPN"} and (t.dep_ == "ROOT" or t.head == t)]
    head = roots[0] if roots else next((t for t in parsed.doc if t.pos_ in {"NOUN", "PROPN", "VERB"}), None)
    if head is None:
        return phrase.strip().lower()
    return issue_name(head, actor_keys(topic_tokens(head), who))


def same_issue(one: str, other: str) -> bool:
    """Whether two issue names mean one issue: the same head, no modifier that contradicts, actors that do not differ.

    'talk: IRN' and 'nuclear talk: IRN, USA' are one; 'missile program' and 'nuclear program' are two.
    """
    (head, told, actors), (other_head, other_told, other_actors) = taken_apart(one), taken_apart(other)
    if head != other_head:
        return False
    fits = told <= other_told or other_told <= told
    return fits and (actors <= other_actors or other_actors <= actors)


def taken_apart(name: str) -> tuple[str, frozenset[str], frozenset[str]]:
    """Head, modifiers and actors of an issue's name."""
    words, _, actors = name.partition(":")
    *told, head = words.split() or [""]
    return head, frozenset(told), frozenset(a.strip() for a in actors.split(",") if a.strip())


class Issues:
    """Groups the topics of one document; what a head's other mentions name is looked up once a head."""

    def __init__(self, nouns: Mapping[str, list[Token]], who: Who) -> None:
        self.nouns, self.who = nouns, who
        self.named: dict[str, list[tuple[int, list[str]]]] = {}

    def of(self, head: Token) -> str:
        """The group of topics: what tells it apart, the head, the actors that the phrase names ('sanction: IRN').

        A topic that names no actor ('new sanctions') takes those of the nearest earlier topic with the same head
        that names one, else of a later one.
        """
        return issue_name(head, actor_keys(topic_tokens(head), self.who) or self.of_others(head))

    def of_others(self, head: Token) -> list[str]:
        named = self.named.get(head.lemma_)
        if named is None:
            phrases = ((t.i, actor_keys(topic_tokens(t), self.who)) for t in self.nouns.get(head.lemma_, ()))
            named = self.named[head.lemma_] = [(i, keys) for i, keys in phrases if keys]
        at = bisect_left(named, head.i, key=lambda pair: pair[0])
        return named[at - 1][1] if at else named[at][1] if at < len(named) else []


# --- the user's own list -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class OwnIssue:
    """One issue of the user's: its name, the names that its topics go by, and what each means as an issue of ours."""

    name: str
    phrases: tuple[str, ...]
    issues: tuple[str, ...]


@dataclass(frozen=True)
class IssueList:
    """The user's issues, asked in their order before ours."""

    rows: tuple[OwnIssue, ...]

    def of(self, topic: str, issue: str) -> str | None:
        """The user's issue that a topic belongs to: one of its names holds all of a phrase's words, or means the same."""
        have = stems(topic) | stems(issue)
        for row in self.rows:
            if issue in row.issues or any(stems(p) <= have for p in row.phrases):
                return row.name
        return None

    def named(self, name: str) -> OwnIssue | None:
        """The issue of this name, in capitals or not."""
        return next((row for row in self.rows if row.name.lower() == name.lower()), None)


def stems(words: str) -> frozenset[str]:
    """The words of a phrase without empty ones, plural endings and capitals."""
    found = (w.lower() for w in re.findall(r"[^\W_]+", words))
    return frozenset(
        w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in found if w not in EMPTY
    )


@cache
def load_issues(path: Path) -> IssueList:
    """A CSV file with the columns issue and name, or YAML with an issue's name and a list of names under it.

    Raises CodebookError that says what is wrong and where.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path}: {error}; a CSV or YAML file of issues is needed") from None
    names = dict(_from_yaml(path, text) if path.suffix.lower() in {".yaml", ".yml"} else _from_csv(path, text))
    return IssueList(tuple(OwnIssue(n, tuple(ps), tuple(dict.fromkeys(map(issue_of, ps)))) for n, ps in names.items()))


def _from_csv(path: Path, text: str) -> Iterable[tuple[str, list[str]]]:
    reader = csv.DictReader(text.splitlines())
    if not {"issue", "name"} <= set(reader.fieldnames or ()):
        raise CodebookError(f"{path}: the columns 'issue' and 'name' are needed; found {reader.fieldnames}")
    grouped: dict[str, list[str]] = {}
    for number, row in enumerate(reader, 2):
        issue, name = (row["issue"] or "").strip(), (row["name"] or "").strip()
        if not issue:
            raise CodebookError(f"{path}, line {number}: the issue is empty")
        grouped.setdefault(issue, [issue]).append(name or issue)
    return grouped.items()


def _from_yaml(path: Path, text: str) -> Iterable[tuple[str, list[str]]]:
    try:
        table = yaml.load(text, yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise CodebookError(f"{path}: not YAML ({error})") from None
    if not isinstance(table, dict) or not all(isinstance(v, list | str | None) for v in table.values()):
        raise CodebookError(
            f"{path}: each issue needs a list of names: 'new sanctions: [sanctions on Iran, oil embargo]'"
        )
    for issue, names in table.items():
        listed = [names] if isinstance(names, str) else names or []
        yield str(issue), [str(issue), *map(str, listed)]
