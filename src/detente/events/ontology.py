"""A codebook with its lexicon: ours (PLOVER and CAMEO), ACLED's event types, or a folder of the user's.

A folder is an ontology when it holds `types.csv` (type;code;goldstein;definition) and `crosswalk.csv`
(cameo;type;mode) beside lexicon tables of the format of ours, which go over ours. Its lexicon rows may name codes of
its own; `labels.csv` (label;type;mode) says what other people's data call its types.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import CodebookError
from .codebook import SCHEMES, TABLES, Code, Codebook, Crossing, load_codebook
from .dictionaries import files_in, with_discards, with_verbs
from .lexicon import HERE, Lexicon, load_lexicon

SHIPPED = TABLES / "ontologies"
EXAMPLES = TABLES / "examples"
OURS = "plover"
"""The name of our own ontology."""


@dataclass(frozen=True)
class Ontology:
    """What is coded, and by which words."""

    name: str
    codebook: Codebook
    lexicon: Lexicon


def load_ontology(
    name: str | None = None,
    lexicons: Sequence[Path] = (),
    verbs: Sequence[Path] = (),
    discards: Sequence[Path] = (),
) -> Ontology:
    """Our own ontology, one that we ship by its name, or the one in a folder; `lexicons` go over its lexicon, and over
    both the PETRARCH dictionaries: those in the folders, then `verbs` and `discards`.

    Raises CodebookError where there is none or a table is malformed.
    """
    for folder in lexicons:
        if not folder.is_dir():
            raise CodebookError(f"{folder}: no such folder; a lexicon is a folder with verbs.csv, nouns.csv and so on")
    own = _by_name(name, lexicons)
    folders = [*lexicons, *([_folder(str(name))] if own.name != OURS else [])]
    verbs = [*(p for folder in folders for p in files_in(folder, "verbs")), *verbs]
    discards = [*(p for folder in folders for p in files_in(folder, "discards")), *discards]
    if not verbs and not discards:
        return own
    return replace(own, lexicon=with_discards(with_verbs(own.lexicon, verbs), discards))


@cache
def lexicon_of(lexicons: tuple[Path, ...], verbs: tuple[Path, ...] = (), discards: tuple[Path, ...] = ()) -> Lexicon:
    """Our lexicon with the user's folders and dictionaries over it, kept for the next document."""
    return load_ontology(None, lexicons, verbs, discards).lexicon


def _by_name(name: str | None, lexicons: Sequence[Path]) -> Ontology:
    if name in {None, OURS, "cameo"}:
        return Ontology(OURS, load_codebook(), load_lexicon(HERE, *lexicons) if lexicons else load_lexicon())
    folder = _folder(str(name))
    if not (folder / "types.csv").is_file():
        shipped = ", ".join(sorted(p.name for p in SHIPPED.iterdir() if p.is_dir()))
        raise CodebookError(f"{name}: no ontology; give a folder with types.csv, or one of: plover, {shipped}")
    book = _own_codebook(folder)
    lexicon = load_lexicon(HERE, folder, *lexicons)
    return Ontology(_name_of(folder), book, lexicon)


def _name_of(folder: Path) -> str:
    """The folder's name; with that of the folder around it where it would be taken for our own ontology."""
    return folder.name if folder.name != OURS else "/".join(folder.resolve().parts[-2:])


def _own_codebook(folder: Path) -> Codebook:
    """The types of the folder, reached from CAMEO codes by `crosswalk.csv` and from its own codes by `types.csv`."""
    ours = load_codebook()
    book = Codebook(codes=dict(ours.codes))
    try:
        for row in _rows(folder / "types.csv"):
            book.types[row["type"]] = row["definition"]
            if row["code"]:
                book.crossings[row["code"]] = _crossing(row["type"])
                book.codes[row["code"]] = Code(
                    row["code"], row["type"], float(row["goldstein"] or 0), row["definition"]
                )
        for row in _rows(folder / "crosswalk.csv"):
            for code in row["cameo"].split():
                book.crossings[code] = _crossing(row["type"], row.get("mode") or None)
    except (KeyError, ValueError, FileNotFoundError) as error:
        raise CodebookError(f"{folder}: types.csv and crosswalk.csv are needed, with their columns: {error}") from error
    return book


def _crossing(name: str, mode: str | None = None) -> Crossing:
    return Crossing(types={scheme: name for scheme in SCHEMES if scheme != "cameo"}, mode=mode, contexts=())


def labels_of(name: str) -> dict[str, tuple[str, str]]:
    """What other people's data call the types of an ontology (`labels.csv`): label to (type, mode)."""
    path = _folder(name) / "labels.csv"
    return {row["label"]: (row["type"], row["mode"]) for row in _rows(path)} if path.is_file() else {}


def _folder(name: str) -> Path:
    return SHIPPED / name if (SHIPPED / name).is_dir() else Path(name)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader((line for line in handle if not line.startswith("#")), delimiter=";"))


def examples_of(code: str) -> tuple[list[str], list[str]]:
    """(sentences that are it, sentences that look like it and are not) of a code, a type or a TYPE-mode."""
    if "-" in code:
        kind, _, mode = code.partition("-")
        rows = [r for r in _rows(EXAMPLES / "modes.csv") if r["type"] == kind and r["mode"] == mode]
    else:
        rows = [r for name in ("cameo.csv", "plover.csv") for r in _rows(EXAMPLES / name) if r["code"] == code]
    return [r["sentence"] for r in rows if r["is"] == "yes"], [r["sentence"] for r in rows if r["is"] == "no"]


def describe(ontology: Ontology, name: str) -> dict[str, Any] | None:
    """All that the codebook says of a type, a mode (COERCE-curfew) or a code, None where it has none of them."""
    book = ontology.codebook
    kind, hyphen, mode = name.partition("-")
    key = kind.upper() + hyphen + mode.lower()
    if ontology.name == OURS and hyphen:
        return _describe_mode(book, kind.upper(), mode.lower())
    are, are_not = examples_of(key)
    if key in book.types:
        codes = sorted(c for c, crossing in book.crossings.items() if crossing.types.get("plover") == key)
        modes = {book.crossings[c].mode or "" for c in codes} - {""}
        return {
            "type": key,
            "definition": book.types[key],
            "quad class": book.quad_of(codes[0]) if codes else None,
            "CAMEO codes": [f"{c} {book.codes[c].name}" for c in codes if c in book.codes],
            "modes": sorted(modes)
            if ontology.name != OURS
            else [f"{row['mode']}: {row['definition']}" for row in _rows(TABLES / "modes.csv") if row["type"] == key],
            "is": are,
            "is not": are_not,
        }
    code = book.codes.get(key)
    if code is None:
        return None
    crossing = book.crossing(key)
    return {
        "code": key,
        "name": code.name,
        "definition": code.definition,
        "quad class": code.quad if key[:2].isdigit() else None,
        "Goldstein": code.goldstein,
        "types": [f"{scheme}: {book.type_of(key, scheme) or 'not coded'}" for scheme in SCHEMES if scheme != "cameo"],
        "mode": crossing.mode if crossing else None,
        "contexts": list(crossing.contexts) if crossing else [],
        "is": are,
        "is not": are_not,
    }


def _describe_mode(book: Codebook, kind: str, mode: str) -> dict[str, Any] | None:
    """A mode of a type, with the codes that lead to it."""
    for row in _rows(TABLES / "modes.csv"):
        if (row["type"], row["mode"]) == (kind, mode):
            codes = sorted(c for c, x in book.crossings.items() if (x.types.get("plover"), x.mode) == (kind, mode))
            are, are_not = examples_of(f"{kind}-{mode}")
            return {
                "mode": f"{kind}-{mode}",
                "definition": row["definition"],
                "CAMEO codes": [f"{c} {book.codes[c].name}" for c in codes if c in book.codes],
                "is": are,
                "is not": are_not,
            }
    return None


def list_codes(ontology: Ontology) -> list[str]:
    """One line for each type and each code."""
    book = ontology.codebook
    lines = [f"{name:10} {definition}" for name, definition in book.types.items()]
    return lines + [f"{code.code:10} {code.name}" for code in book.codes.values()]
