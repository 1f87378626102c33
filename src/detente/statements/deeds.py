"""What looks like a statement and is none: verbs that act instead of speaking, and what nobody says."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from ..actors import Who
from ..language import Parse
from .found import Found
from .tree import Tree

NOBODY = frozenset({"nobody", "none", "neither", "no-one"})
OBJECTS = frozenset(["np", "np+", "np-passive"])
MARKS = frozenset('"“”„«»')


@cache
def deeds() -> dict[str, frozenset[str]]:
    """The nouns that make a deed of each verb; classes are written out, 'persons' and '*' also stand for themselves."""
    table = tomllib.loads(files(__package__).joinpath("tables", "deeds.toml").read_text(encoding="utf-8"))
    classes = {name: words.split() for name, words in table["classes"].items()}
    return {
        verb: frozenset(n for word in words.split() for n in (word, *classes.get(word.removeprefix("@"), ())))
        for verb, words in table["verbs"].items()
    }


def why_no_words(parse: Parse, tree: Tree, who: Who, found: Found) -> str | None:
    """Why there are no words of anybody's behind a cue, for a reader; None where there are."""
    if found.frame.startswith("noun") and any(tree.lower[k] == "no" for k in tree.kids[found.key]):
        return "it is told that this was not said: 'no mention of'"
    if is_nobodys(tree, found):
        return "nobody says it: the speaker is 'no ...', 'nobody' or 'none'"
    if is_deed(parse, who, found):
        return "the verb acts here: what stands behind it are no words (deeds.toml)"
    return None


def is_nobodys(tree: Tree, found: Found) -> bool:
    """'No group has claimed responsibility': nobody says it."""
    head = found.source_head
    if head is None:
        return False
    return tree.lower[head] in NOBODY or any(tree.lower[k] in {"no", "neither"} for k in tree.kids[head] if k < head)


def is_deed(parse: Parse, who: Who, found: Found) -> bool:
    """'approved a loan', 'boycotted the vote', 'released the minister from house arrest': acts on a plain object."""
    if found.row is None or found.frame not in OBJECTS:
        return False
    nouns = deeds().get(found.row.cue)
    if nouns is None or any(mark in piece.of(parse.document.text) for piece in found.content for mark in MARKS):
        return False
    good = parse.tokens(found.content[0])
    if good is None:
        return False
    if "*" in nouns or good.root.lemma_.lower() in nouns:
        return True
    return "@persons" in nouns and any(ref.person or ref.role for ref in who.at(good.root))
