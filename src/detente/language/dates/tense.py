"""Is the clause about the past or about what is to come? Decided from its words alone, without a parse."""

from __future__ import annotations

from .tokens import Tokens

FUTURE = frozenset(["will", "shall", "ll", "wo", "would", "tomorrow", "upcoming"])
LEANING = frozenset(
    """plan plans planned planning expect expects expected scheduled schedule due going set intends intend hopes
    hope slated wants want aims aim must should may might can could would ahead agree agreed promised pledged
    vowed""".split()
)
"""Words after which 'to' with a verb looks forward."""
AGREEING = frozenset({"agreed", "promised", "pledged", "vowed"})
"""Of these, the verbs that tell what was done where no 'to' follows."""
FORWARD_ALONE = frozenset(
    """expect expects expecting expected forecast forecasts predicts awaits scheduled due slated must may might should can
    payable effective maturing expires matures begins starts opens meets resumes leaves arrives ends retires departs convenes gathers travels hosts faces holds takes goes lifts sits
    decides closes testifies unveils lapses""".split()
)
"""Words that look ahead by themselves, among them the present of verbs for what stands in a diary."""
PAST = frozenset(
    """was were had did said told became began broke brought built came caught chose cut died drew drove fell
    felt flew found fought gave went grew held hit kept knew led left lost made meant met paid put ran rose
    saw sold sent set shot showed shook sat slept spoke spent stood struck swept swore took taught thought
    threw won wore wrote sought won withdrew been has have having broadcast quit read let hurt laid burst bore
    beat dealt fled overthrew underwent undertook rang sank sang sprang stole stuck swam tore woke wound""".split()
)
VERBS = frozenset(
    """meet hold visit vote discuss begin start leave arrive travel sign attend take be resume launch close open
    return announce release publish decide make go come give hear consider present testify appear speak
    deliver head run appoint review unveil host welcome receive brief debate submit face fly join move step
    end finish complete stage march strike rule issue report elect choose pick name retire resign depart reach
    present expire pay raise cut lift impose send deploy withdraw pull""".split()
)


def looks_ahead(tokens: Tokens, i: int, j: int) -> bool:
    """Whether the clause of tokens [i, j) speaks of the future; past when nothing tells."""
    if tokens.low(i - 1) in {"until", "till"} and tokens.low(i - 2) in {"has", "have"}:
        return True  # 'has until Saturday to pull out'
    first, end = tokens.sentence(i)
    sign = nearest(tokens, range(i - 1, first - 1, -1))
    if sign is None:
        sign = nearest(tokens, range(j, end))
    return sign is True


def nearest(tokens: Tokens, places: range) -> bool | None:
    """What the first telling verb along `places` says: True for future, False for past, None when none tells."""
    lower = tokens.lower
    for n in places:
        word = lower[n]
        if word in FUTURE:
            return True
        if word == "set" and lower[n + 1 : n + 2] == ["for"]:
            return True
        if word in FORWARD_ALONE and not passed_over(tokens, n):
            return True
        if word == "to" and n + 1 < len(lower) and lower[n + 1] in VERBS and tokens.word(n + 1)[0].islower():
            return lower[n - 1] not in {"had", "has", "have"} if n else True
        if word in PAST or (
            len(word) > 4
            and word.endswith("ed")
            and word not in {"united", "armed", "need", "indeed", "speed", "hundred"}
        ):
            # 'due to be published', 'planned': the word before decides.
            if word in AGREEING and lower[n + 1 : n + 2] not in (["to"], [":"]) and places.step < 0:
                return False  # 'agreed a declaration on Tuesday under which'
            if word in LEANING or (n and lower[n - 1] in {"be", "being", "get"}):
                continue
            return False
    return None


def passed_over(tokens: Tokens, n: int) -> bool:
    """Whether the word at `n` only looks like one that looks ahead: the month of May, 'lower than expected'."""
    word = tokens.lower[n]
    return (word == "may" and tokens.word(n)[0].isupper()) or (
        word == "expected" and tokens.low(n - 1) in {"than", "as", "-"}
    )
