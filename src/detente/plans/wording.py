"""The words of a promise as fields of a plan file: what is done, by when, for how long, how much, to which measure."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from ..claims import DateMention
from ..document import Span
from .days import parse_day
from .naming import slug
from .quantities import parse_quantity

LIFTING = re.compile(
    r"\b(lift\w*|eas(?:e|es|ed|ing)|suspen\w+|remov\w+|relie\w+|waiv\w+|unfreez\w+|releas\w+|end(?:s|ed|ing)?|scrap\w*|relax\w*|cancel\w*|drop\w*|repeal\w*)\b",
    re.I,
)
MEASURE_HEAD = (
    r"sanctions?|embargo(?:es)?|restrictions?|blockades?|tariffs?|ban|bans|boycott|siege|curbs?|asset freezes?|frozen (?:assets|funds|money|accounts)|"
    r"(?:assets|funds) frozen"
)
MEASURE = re.compile(rf"\b((?:[\w-]+\s+){{0,3}}?)({MEASURE_HEAD})\b", re.I)
GRADUAL = re.compile(
    r"\b(incremental\w*|gradual\w*|step[- ]by[- ]step|phased?|in (?:\w+ )?(?:stages|phases|tranches|steps|instal+ments)|case[- ]by[- ]case|piecemeal|"
    r"by instal+ments)\b",
    re.I,
)
BY_QUANTITY = re.compile(r"\b(incremental\w*|gradual\w*|piecemeal)\b", re.I)
"""Words for how a whole plan gives: a plan in phases does not give each thing little by little."""
INSPECTION = re.compile(
    r"\b(inspect\w*|verif\w+|monitor\w*|certif\w+|supervis\w+|surveillance|safeguards|confirm\w*|attest\w*|observ(?:e|es|ed|ing|ation))\b",
    re.I,
)
CONFIRMS = re.compile(
    r"\b(verif(?:y|ies|ied)|confirm(?:s|ed)?|certif(?:y|ies|ied)|attests?|attested|is satisfied|are satisfied|monitors?|supervises?|reports?|reported|"
    r"inspects?|inspected|observes?|oversees?|audits?)\b",
    re.I,
)
FORBEARING = re.compile(
    r"^(?:not|never|refrain|halt|freeze|cease|stop|keep|maintain|abstain|hold back|withhold|observe)\b", re.I
)
PAYING = re.compile(
    r"^(?:(?:pay|disburse|lend|transfer)\b|(?:release|grant) (?:[\w$€.,-]+ ){1,4}(?:dollars|euros|loans?|credits?|aid)\b)",
    re.I,
)
LEAD = re.compile(
    r"^(?:(?:under|according to|as part of|in line with|within) (?:the|this|that|its|a) (?:[\w-]+ ){0,3}?(?:plan|deal|agreement|accord|framework|proposal|terms|roadmap|scheme|arrangement|truce)|"
    r"in (?:return|exchange|turn|response)|as (?:a|an|the) (?:first |second |initial |next |final )?(?:step|reward|compensation)|at the same time|for (?:its|their) part|"
    r"(?:in|during) (?:the|a) (?:first|second|third|fourth|initial|next|final|last) (?:stage|phase|step)|only then|then|first|second|third|finally|"
    r"as (?:it|they) do(?:es)? so)\s*,?\s+",
    re.I,
)
INVERTED = re.compile(
    r"^(?P<modal>would|will|must|shall|should)\s+(?P<who>(?:(?:the|both|its|their)\s+(?:[\w-]+\s+){0,2}?[\w-]+s|(?:the\s+)?[A-Z][\w-]*(?:\s+[A-Z][\w-]*)*))\s+(?P<rest>[a-z]+\s.+)$",
    re.S,
)
"""'Only then would the two countries withdraw': the verb before its subject."""
OPENING = re.compile(
    r"^(?:only after|only when|only once|as soon as|as|if|once|when|whenever|while|that|after|before|until|provided that|provided|for|to)\s+",
    re.I,
)
MODAL = re.compile(
    r"^(?P<who>.{1,70}?)\s+(?:would|will|must|shall|should|is to|are to|has to|have to|'ll)\s+(?:(?:also|then|first|have to|in (?:return|exchange|turn)|for (?:its|their) part),?\s+)*(?P<act>.+)$",
    re.I | re.S,
)
CALLED = re.compile(r"^(?P<who>(?:[A-Z]|both |the |all |each )[^,;]{1,50}?)\s+to\s+(?P<act>[a-z].+)$", re.S)
TOGETHER = re.compile(
    r"\b(?:steps|moves|measures|actions|obligations|commitments)\b.{0,60}\b(?:simultaneous(?:ly)?|in parallel|at the same time|action for action)\b",
    re.I,
)
"""How all of it is to be done, which is no step of its own."""
DONE_TO = re.compile(
    r"\b(?:would|will|must|shall|should|is to|are to|has to|have to)\s+be\s+(?!(?:required|obliged|asked|expected|allowed|permitted|bound|"
    r"told|ordered|committed|prepared|invited|urged|free|entitled|able|ready|given|granted|paid|offered|rewarded)\b)\w+(?:ed|en|t|n)\b(?!.*\bby\b)",
    re.I,
)
"""'The hostages would be released': its subject is not who has to do it."""
STEP_UNIT = re.compile(r"\b(days?|weeks?|months?|years?|hours?|stages?|phases?|steps?)\b", re.I)
AMOUNT = re.compile(
    r"(?<![\w-])(?P<bound>at least |at most |up to |no more than |about |some )?(?P<number>[$€]?\d[\d,]*(?:\.\d+)?)(?P<scale> (?:thousand|million|billion))?"
    r"(?P<unit>%| per ?cent| [a-z-]+(?: of [a-z-]+(?: [a-z]+)?| [a-z-]+)?)?"
)
OWNED = re.compile(r"\b(its|their|his|her)\b", re.I)
SMALL = frozenset(
    "all and any certain for from further in its lift lifting ease easing more most new of on other remove removing some suspend suspending the their then to would will waive end ending incremental gradual part parts drop scrap relax cancel by with a an".split()
)


FUNCTION = frozenset(
    "a about across after against all along among an and as at back before between by down during each every for from his in into its of off "
    "on or out over per some that the their through to toward towards under until up upon with within without".split()
)
COUNTING = frozenset(
    "batch billion dozen dozens euros dollars eight first five four group groups half hundred hundreds million more most nine number one parts seven several six "
    "ten third thousand thousands three tons tonnes two".split()
)
"""Words that only say how much: 'one million tons of rice' is about rice."""


@dataclass(frozen=True)
class Touched:
    """A measure that a promise speaks of."""

    id: str
    what: str
    verb: str
    owned: bool
    """Whether the words make it the measure of those who act ('its oil embargo')."""


def bare(words: str) -> str:
    """The phrase without what leads up to it: 'Under the plan, ...', 'In return, ...', 'As ...'."""
    text = " ".join(words.split())
    for _ in range(3):
        text = LEAD.sub("", text)
    return OPENING.sub("", INVERTED.sub(r"\g<who> \g<modal> \g<rest>", text))


def act(words: str, *, has_actor: bool) -> str:
    """What is to be done: 'free 80 prisoners' of 'In return, Caracas would free 80 prisoners'.

    The words stay whole where nobody is known to act, since then they are all that the reader has.
    """
    text = bare(words)
    if not has_actor:
        return text
    match = MODAL.match(text) or CALLED.match(text)
    return match["act"] if match else text


def kind_of(does: str) -> str:
    """The sort of step, by its verb."""
    if FORBEARING.match(does):
        return "forbear"
    return "pay" if PAYING.match(does) else "act"


def measure_in(words: str) -> Touched | None:
    """The measure that the words lift, ease or suspend; None where they speak of none."""
    lifting, found = LIFTING.search(words), MEASURE.search(words)
    if not lifting or not found:
        return None
    before = re.split(
        r"\d\S*|\b(?:million|billion|dollars|euros|will|would|must|shall|should|is to|are to)\b", found[1]
    )[-1].split()
    before = [w for w in before if w.lower() not in SMALL and not LIFTING.fullmatch(w)]
    after = re.match(r"\s+(?:on|against)\s+([^;.]{1,70})", words[found.end() :])
    target = (
        re.split(
            r"\s*\b(?:as|if|when|once|for|in|will|would|within|after|by|and (?:release|lift|allow|open|pay|free))\b",
            after[1],
        )[0].strip(" ,")
        if after
        else ""
    )
    joined = " ".join([*before, found[2]])
    what = f"{joined} on {target}" if target else joined
    stem = lifting[1].lower()
    verb = (
        "suspend"
        if stem.startswith("suspen")
        else "ease"
        if stem.startswith(("eas", "relax"))
        else "waive"
        if stem.startswith("waiv")
        else "lift"
    )
    return Touched(slug(joined), what, verb, bool(OWNED.search(found[1]) or OWNED.search(words[: found.start(2)])))


def amount_in(does: str) -> str:
    """The first number with what it counts, as a quantity of plan files; '' where there is none."""
    for match in AMOUNT.finditer(does):
        unit = (match["unit"] or "").strip()
        if STEP_UNIT.search(unit) or re.search(
            r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s*$",
            does[: match.start()],
        ):
            continue
        if not unit and "$" not in match["number"] and "€" not in match["number"]:
            continue
        unit = unit.replace("per cent", "percent")
        if unit.split(" ")[0] in {"would", "will", "must", "shall", "should", "is", "are", "was", "were"}:
            unit = ""
        if not unit and not match["scale"]:
            continue
        unit = " ".join(itertools.takewhile(lambda w: w == "of" or w not in FUNCTION, unit.split()))
        text = f"{match['bound'] or ''}{match['number']}{match['scale'] or ''} {unit}".strip()
        unit_word = {"per cent": "percent", "percent": "percent", "%": "percent"}.get(unit.split(" of ")[0], "")
        if unit_word:
            text = f"{match['bound'] or ''}{match['number']} {unit_word}"
        try:
            return str(parse_quantity(text))
        except ValueError:
            continue
    return ""


LATER = re.compile(
    r"\b(?P<count>a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?P<unit>day|week|month|year)s? (?:later|afterwards|thereafter|after that)\b",
    re.I,
)
_COUNTS = {w: i for i, w in enumerate("one two three four five six seven eight nine ten".split(), 1)} | {
    "a": 1,
    "an": 1,
    "twelve": 12,
}


def later(words: str) -> str:
    """'3 days' of 'three days later'; '' where the words say nothing of the kind."""
    match = LATER.search(words)
    return length_told(match) if match else ""


def length_told(match: re.Match[str]) -> str:
    """'3 days' of a match with a count, as a word or in digits, and a unit in the singular."""
    count = _COUNTS.get(match["count"].lower()) or int(match["count"])
    return f"{count} {match['unit'].lower()}s"


@dataclass(frozen=True)
class Clock:
    """What a promise says of time: a last day, or a length, counted from what comes before or to be kept."""

    due: str = ""
    within: str = ""
    lasts: str = ""
    doubt: str = ""
    """What is not certain about the day."""


def ahead(value: str, words: str, since: str) -> str:
    """'By June' in a plan told of in May is the June to come, though news of June is of the one before."""
    past = bool(since) and value < since[: len(value)] and not re.search(r"\d{4}", words)
    return f"{int(value[:4]) + 1}{value[4:]}" if past and len(value) > 4 else value


def clock_of(text: str, span: Span, dates: Sequence[DateMention], since: str = "") -> Clock:
    """The time words of the promise at `span`: 'by 31 December', 'before July 1', 'within 14 days', 'for six months'.

    `since` is the day of the document: a month without a year lies after it.
    """
    due = within = lasts = doubt = ""
    for mention in dates:
        if not (span.start <= mention.span.start < span.end):
            continue
        before = text[max(span.start, mention.span.start - 24) : mention.span.start].lower()
        words = mention.span.of(text).lower()
        if mention.type in {"DATE", "TIME"} and re.fullmatch(r"\d{4}-\d{2}-\d{2}", mention.value[:10]):
            if re.search(r"\b(?:by|until|till|no later than|not later than|latest)\s*(?:the end of )?$", before):
                due = mention.value[:10]
            elif re.search(r"\bbefore\s*$", before):
                due = (date.fromisoformat(mention.value[:10]) - timedelta(days=1)).isoformat()
            elif re.search(r"\bon\s*$", before):
                due = mention.value[:10]
        elif mention.type == "DATE" and re.fullmatch(r"\d{4}(-\d{2})?", mention.value):
            ends = mention.mod == "END" and re.search(r"\b(?:by|before|until|till|than|at)\s*$", before)
            if ends or re.search(r"\b(?:by|until|till|no later than|not later than)\s*$", before):
                due = parse_day(ahead(mention.value, mention.span.of(text), since)).isoformat()
                doubt = "" if ends else f"the text says only 'by {mention.span.of(text)}'"
        elif mention.type == "DURATION" and (length := length_of(mention.value)):
            if re.search(
                r"\b(?:within|inside|in|no later than|in less than|not more than)\s*(?:a |an |the |the next |at most )?$",
                before,
            ) or words.startswith("within"):
                within = length
            elif re.search(r"\b(?:for|over|during|at least)\s*(?:a |an |the |at least |another )?$", before):
                lasts = length
    return Clock(due, within, lasts, doubt)


def topic_of(does: str) -> tuple[str, str]:
    """The verb and the noun by which claims about the step can be known: ('free', 'prisoners'); '' where there is none."""
    tokens = re.findall(r"[A-Za-z][\w-]*|[,;.]", does)
    if len(tokens) < 2 or tokens[0].lower() in {"not", "never", "be"}:
        return "", ""
    verb, rest = tokens[0].lower(), tokens[1:]
    while rest:
        phrase = list(itertools.takewhile(lambda w: w.lower() not in FUNCTION and w not in ",;.", rest))
        telling = [w for w in phrase if w.lower() not in COUNTING]
        if telling:
            return (verb, telling[-1]) if telling[-1].lower() != verb else ("", "")
        rest = rest[len(phrase) + 1 :]
    return "", ""


@cache
def deeds() -> dict[str, tuple[str, ...]]:
    """Deeds and the beginnings of words that tell of them, from tables/deeds.csv."""
    text = files(__package__).joinpath("tables/deeds.csv").read_text(encoding="utf-8")
    return {row["deed"]: tuple(row["words"].split()) for row in csv.DictReader(text.splitlines())}


def words_for(deed: str) -> tuple[str, ...]:
    """The beginnings of the words by which reports tell of the deed: 'free', 'releas', 'liberat' of 'free'."""
    stem = re.sub(r"(?:e|es|s|ies|ing|ed)$", "", deed) if len(deed) > 4 else deed
    return deeds().get(deed) or deeds().get(deed.removesuffix("s")) or (stem,)


def length_of(value: str) -> str:
    """'14 days' of P14D; '' for what is not a whole number of days, weeks, months or years."""
    match = re.fullmatch(r"P(\d+)([DWMY])", value)
    unit = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}
    return f"{match[1]} {unit[match[2]]}" if match and int(match[1]) else ""
