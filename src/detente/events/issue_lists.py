"""PETRARCH issue lists: phrases with codes ('n:massacre [ID_ATROCITY]'), counted in each text.

n:atrocity [ID_ATROCITY]      the noun with its plural
ethnic v:purge [ID_ATROCITY]  the verb with its regular forms
al+zarqawi [NAMED_GROUP]      with a blank and with a hyphen
~Boxing Day massacre          where this stands, nothing is counted in the sentence; `~~` in the whole text
<ISSUE CATEGORY="..."> # ;    left out
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from ..errors import CodebookError
from .petrarch_verbs import plural, regular_forms, text_of, uncommented

_LINE = re.compile(r"^(.*?)\s*\[([^\]]+)\]")


@dataclass(frozen=True)
class IssueList:
    """The phrases of one or several lists, ready to be looked for."""

    codes: dict[str, tuple[str, ...]]
    """Phrase in small letters to its codes."""
    phrases: re.Pattern[str] | None
    ignored: re.Pattern[str] | None
    ignored_everywhere: re.Pattern[str] | None

    def counts(self, sentences: Iterable[str]) -> dict[str, int]:
        """Each code with how often its phrases stand in `sentences`, the most frequent first."""
        texts = list(sentences)
        if self.ignored_everywhere is not None and any(map(self.ignored_everywhere.search, texts)):
            return {}
        found: Counter[str] = Counter()
        for text in texts:
            if self.phrases is None or (self.ignored is not None and self.ignored.search(text)):
                continue
            for match in self.phrases.finditer(text):
                found.update(self.codes[" ".join(match.group(0).lower().split())])
        return dict(found.most_common())


def read_issues(files: Iterable[Path]) -> IssueList:
    """The lists in `files`. Raises CodebookError where one cannot be read or holds no phrase with a code."""
    codes: dict[str, list[str]] = {}
    ignored: tuple[list[str], list[str]] = ([], [])
    for path in files:
        before = len(codes)
        for raw in text_of(path, "an issue list").splitlines():
            line = uncommented(raw)
            if line.startswith("~"):
                ignored[line.startswith("~~")].extend(_spelled(line.lstrip("~")))
            elif (coded := _LINE.match(line)) is not None and not line.startswith("<"):
                for phrase in _spelled(coded.group(1)):
                    codes.setdefault(phrase, []).append(coded.group(2).strip())
        if len(codes) == before:
            raise CodebookError(f"{path}: no issue; a line is a phrase with its code, as in: war n:crime [ATROCITY]")
    return IssueList(
        {phrase: tuple(dict.fromkeys(each)) for phrase, each in codes.items()},
        _any_of(codes),
        _any_of(ignored[0]),
        _any_of(ignored[1]),
    )


def _any_of(phrases: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(set(phrases), key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None


def _spelled(text: str) -> Iterator[str]:
    """All forms of a phrase."""
    for words in product(*(tuple(_forms(word)) for word in text.lower().split())):
        if words:
            yield " ".join(words)


def _forms(word: str) -> Iterator[str]:
    if word.startswith("n:"):
        yield from (word[2:], plural(word[2:]))
    elif word.startswith("v:"):
        yield from (word[2:], *regular_forms(word[2:]))
    elif "+" in word.strip("+"):
        yield from (word.replace("+", " "), word.replace("+", "-"))
    else:
        yield word
