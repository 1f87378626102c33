"""Names: the same name, its acronym, a surname for a full name, a name for the phrase that it is put to."""

from __future__ import annotations

from ..grid import Grid
from .chains import Mention
from .state import State

SHORT_FORMS = {
    form: forms.split(";")[0]
    for forms in (
        "united states;us;usa;united states of america;america",
        "united kingdom;uk;britain;great britain",
        "united nations;un",
        "european union;eu",
        "soviet union;ussr",
    )
    for form in forms.split(";")
}
"""Names whose short form no rule makes from the long one."""


class Names:
    """The names met so far, by the index of their mention."""

    def __init__(self, state: State) -> None:
        self.state, self.grid = state, state.grid
        self.full: dict[str, int] = {}
        self.surnames: dict[str, int] = {}
        self.acronyms: dict[str, int] = {}

    def meet(self, n: int) -> None:
        """Links mention `n` to the earlier one that bears the same name, and remembers it."""
        self._name(n, proper(self.grid, self.state.mentions[n]))
        self.meet_apposed(n)

    def meet_apposed(self, n: int) -> None:
        """'the head of the agency, Maria Ostrova': the name put to a noun stands for the phrase."""
        put_to = apposed_name(self.grid, self.state.mentions[n])
        if put_to is not None:
            self._name(n, proper(self.grid, Mention(self.grid.left[put_to], put_to + 1, put_to, "name")))

    def _name(self, n: int, tokens: list[int]) -> None:
        grid, state = self.grid, self.state
        words = [grid.lower[k] for k in tokens]
        flat = " ".join(words).removeprefix("the ").replace(".", "")
        flat = SHORT_FORMS.get(flat, flat)
        known, why = self.full.get(flat), "name"
        if known is None and len(tokens) == 1:
            known, why = self.surnames.get(words[0]), "surname"
            if known is None and grid.words[tokens[0]].isupper():
                known, why = self.acronyms.get(flat), "acronym"
        if known is None and len(tokens) > 1 and grid.ent[tokens[-1]] == "PERSON":
            known, why = self._shorter(words), "surname"
        if known is not None and not state.nested(n, known):
            state.link(n, known, why)
        self.full.setdefault(flat, n)
        if len(words) > 1 and tokens[1] > tokens[0] + 1:
            self.full.setdefault(words[0], n)  # 'the Bank' for 'the Bank of England'
        if len(tokens) == 1 or grid.ent[tokens[-1]] == "PERSON":
            self.surnames[words[-1]] = n
            if grid.ent[tokens[-1]] == "PERSON" and len(tokens) == 2:
                self.surnames.setdefault(words[0], n)
        if len(tokens) > 1:
            initials = "".join(grid.words[k][0] for k in tokens if grid.words[k][0].isupper()).lower()
            if len(initials) > 1:
                self.acronyms.setdefault(initials, n)

    def _shorter(self, words: list[str]) -> int | None:
        """The earlier mention of somebody by the surname, or by the first and the last name, of a longer name."""
        earlier = self.surnames.get(words[-1])
        if earlier is None:
            return None
        first = self.grid.lower[proper(self.grid, self.state.mentions[earlier])[0]]
        return earlier if first in {words[0], words[-1]} else None


def proper(grid: Grid, mention: Mention) -> list[int]:
    """The capitalised words of the name itself: the run of proper nouns that ends at the head."""
    k = mention.head
    run = [k]
    while k - 1 >= mention.start and (grid.pos[k - 1] == "PROPN" or grid.words[k - 1] == "-"):
        k -= 1
        if grid.words[k] != "-":
            run.append(k)
    k = mention.head
    if k + 2 < mention.end and grid.lower[k + 1] == "of" and grid.pos[k + 2] in {"PROPN", "DET"} and len(run) <= 2:
        run = run[::-1]
        for j in range(k + 2, mention.end):
            if grid.pos[j] == "PROPN":
                run.append(j)
            elif grid.pos[j] != "DET":
                break
        return run
    person = [j for j in run if grid.ent[j] == "PERSON"]
    return (person if person and grid.ent[mention.head] == "PERSON" else run)[::-1]


def apposed_name(grid: Grid, mention: Mention) -> int | None:
    """The name of a person that is put to the noun of the phrase: 'her brother, Karim Anwar'."""
    for k in grid.kids[mention.head]:
        if (
            mention.head < k < mention.end
            and grid.dep[k] == "appos"
            and grid.pos[k] == "PROPN"
            and grid.ent[k] == "PERSON"
        ):
            return k
    return None
