"""The closed classes of words that coreference goes by, and the tables of given names and of words for persons."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

FIRST = frozenset("i me my mine myself".split())
WE = frozenset("we us our ours ourselves 's ’s".split())
"""With the end of 'let's', where the tagger takes it for a pronoun."""
YOU = frozenset("you your yours yourself yourselves".split())
HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
IT = frozenset("it its itself".split())
THEY = frozenset("they them their theirs themselves".split())
THIRD = HE | SHE | IT | THEY
SPOKEN = FIRST | WE | YOU
PRONOUNS = (THIRD | SPOKEN) - {"'s", "’s"}
POINTING = frozenset("this that".split())
REFLEXIVE = frozenset("myself ourselves yourself yourselves himself herself itself themselves".split())
DEFINITE = frozenset("the this that these those such".split())
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
NOT_REFERRING = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
LANDS = frozenset("country nation republic kingdom state".split())
TOWNS = frozenset("city town capital village".split())
BODIES = frozenset(
    "company firm organisation organization agency group party movement bank university association network bloc "
    "alliance union ministry institution newspaper militia".split()
)
SAYING = frozenset(
    """say tell ask add note state claim argue explain reply respond declare announce insist warn write recall admit
    comment remark observe continue conclude stress suggest believe think report quote exclaim complain joke confirm
    acknowledge describe urge recount mention answer assert maintain caution tweet emphasise emphasize""".split()
)
"""Verbs whose subject is the one who speaks inside the quotation marks."""


@cache
def given_names() -> dict[str, str]:
    """Given names in small letters with 'm' or 'f'; names that men and women bear are left out."""
    found: dict[str, str] = {}
    for row in _rows("given_names.csv"):
        for name in row["names"].split(";"):
            found[name] = row["gender"] if found.get(name, row["gender"]) == row["gender"] else ""
    return {name: gender for name, gender in found.items() if gender}


@cache
def kinds_of_words() -> dict[str, str]:
    """Words of person_words.csv by kind: 'persons', 'male', 'female', 'person', 'group' or 'thing'; the first row counts."""
    found: dict[str, str] = {}
    for row in _rows("person_words.csv"):
        for word in row["words"].split(";"):
            found.setdefault(word, row["kind"])
    return found


SINGLE = frozenset({"male", "female", "person"})
"""Kinds of words that stand for one person."""


def _rows(table: str) -> list[dict[str, str]]:
    text = files("detente.language").joinpath("tables", table).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
