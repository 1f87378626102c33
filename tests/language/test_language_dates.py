"""Time expressions: own sentences, laws that hold for any text, and the gold figures where the data is there."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import detente
from detente.language import find_dates, parse
from detente.language.dates import find_times
from detente.language.dates.grammar import OPENING, RULES

GOLD = Path(__file__).parents[2].parent / "shared/gold/dates"
FRIDAY = "1998-03-06"

TIMEX_VALUE = re.compile(
    r"""(?:PAST|PRESENT|FUTURE)_REF
    |BC\d{2,4}
    |P(?:T?[\dX][\dX.e+]*(?:DE|CE|ML|WE|GE|[YMWDHQS]))+|PT\d+H\d+M\d+S
    |[\dX]{2,4}
    |[\dX]{4}-(?:[\dX]{2}|Q[\dX]|H\d|SP|SU|FA|WI)
    |[\dX]{4}-[\dX]{2}-[\dX]{2}
    |[\dX]{4}-W[\dX]{2}(?:-(?:\d|WE))?
    |(?:[\dX]{4}-[\dX]{2}-[\dX]{2}|[\dX]{4}-W[\dX]{2}-\d|[\dX]{4}(?:-[\dX]{2})?|[\dX]{4}-(?:Q\d|SP|SU|FA|WI))
      T(?:MO|AF|EV|NI|DT|MI|DA|XX:XX|\d\d(?::\d\d){0,2}(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)""",
    re.X,
)


def values(text: str, reference: str | None = FRIDAY, **options: str) -> dict[str, str]:
    return {t.span.of(text): t.value for t in find_times(text, reference=reference, **options)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoys will meet on Thursday.", {"Thursday": "1998-03-12"}),
        ("Growth was lower than expected on Tuesday.", {"Tuesday": "1998-03-03"}),
        ("Observers expect snow on Tuesday.", {"Tuesday": "1998-03-10"}),
        ("The envoys met on Thursday.", {"Thursday": "1998-03-05"}),
        ("The cabinet sits tomorrow at 10 a.m.", {"tomorrow": "1998-03-07", "10 a.m.": "1998-03-07T10"}),
        ("The raid began at 0530 GMT on Sunday.", {"0530 GMT": "1998-03-01T05:30", "Sunday": "1998-03-01"}),
        ("It began at 9 p.m. (local time) on Monday.", {"9 p.m.": "1998-03-02T21", "Monday": "1998-03-02"}),
        ("The bus left at 3 in the afternoon.", {"3 in the afternoon": "1998-03-06T15"}),
        ("The mob killed 3 in the afternoon.", {"the afternoon": "1998-03-06TAF"}),
        ("By midnight Tuesday it was over.", {"midnight Tuesday": "1998-03-03T24:00"}),
        ("He drives home every other week.", {"every other week": "P2W"}),
        ("A monthlong siege, a years-long feud.", {"monthlong": "P1M", "a years": "PXY"}),
        ("Sales in the latest quarter fell.", {"the latest quarter": "1997-Q4"}),
        ("In the year to February prices rose.", {"the year": "P1Y", "February": "1998-02"}),
        ("In the nine months to March it lost money.", {"nine months": "P9M", "March": "1998-03"}),
        ("They will be free in two weeks' time.", {"two weeks' time": "1998-W12"}),
        ("The army has until Tuesday to leave.", {"Tuesday": "1998-03-10"}),
        ("He is safe at the moment.", {"the moment": "PRESENT_REF"}),
        ("He fled at the moment of victory.", {}),
        ("The term is 5-1/2 years.", {"5-1/2 years": "P5.5Y"}),
        ("He said Friday that talks would resume Monday.", {"Friday": FRIDAY, "Monday": "1998-03-09"}),
        ("The accord is due to be published in May.", {"May": "1998-05"}),
        ("The court ruled in December.", {"December": "1997-12"}),
        ("Exports fell in the fourth quarter.", {"the fourth quarter": "1997-Q4"}),
        ("Output in Q3 1998 rose.", {"Q3 1998": "1998-Q3"}),
        ("Two weeks ago and three days ago.", {"Two weeks ago": "1998-W08", "three days ago": "1998-03-03"}),
        ("In the late 1980s and the 20th century.", {"the late 1980s": "198", "the 20th century": "19"}),
        ("The truce held for two and a half years.", {"two and a half years": "P2.5Y"}),
        ("A four-week closure, then half an hour.", {"A four-week": "P4W", "half an hour": "PT30M"}),
        ("The aid may take between 12 and 18 months.", {"12": "P12M", "18 months": "P18M"}),
        ("Last night and this morning.", {"Last night": "1998-03-05TNI", "this morning": "1998-03-06TMO"}),
        ("It began at 9:29 a.m. and at 1400 GMT.", {"9:29 a.m.": "1998-03-06T09:29", "1400": "1998-03-06T14:00"}),
        ("They meet every Monday, and pay $3 a year.", {"every Monday": "XXXX-WXX-1", "a year": "P1Y"}),
        ("The camp stood from May 15 to August 16, 1988.", {"May 15": "1988-05-15", "August 16, 1988": "1988-08-16"}),
        ("Fighting lasted from 14-24 August.", {"14": "1997-08-14", "24 August": "1997-08-24"}),
        ("Temples of 300 BC and AD 79.", {"300 BC": "BC0300", "AD 79": "0079"}),
        ("Last Christmas the guns fell silent.", {"Last Christmas": "1997-12-25"}),
        ("On the eve of May 9, 1995 they arrived.", {"the eve of May 9, 1995": "1995-05-08"}),
        ("The day after tomorrow it ends.", {"The day after tomorrow": "1998-03-08"}),
        ("In fiscal 1999, late last year and by year-end.",
         {"fiscal 1999": "1999", "late last year": "1997", "year-end": "1998"}),
    ],
)  # fmt: skip
def test_values_against_the_reference_date(text: str, expected: dict[str, str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    ["It may rain.", "They march on.", "Prices fall fast.", "Some 2000 troops left.", "A 40-year-old man spoke.",
     "May said no.", "From now on we act.", "He sat down.", "Version 2.0 of No. 1999.", "The Daily Mirror wrote."],
)  # fmt: skip
def test_words_that_are_no_dates(text: str) -> None:
    assert values(text) == {}


def test_the_clock_goes_on_with_the_story() -> None:
    text = "The delegation landed on 3 May 1997. The following day it met the premier. A week later it left."
    assert values(text) == {"3 May 1997": "1997-05-03", "The following day": "1997-05-04", "A week later": "1997-W19"}


def test_a_history_keeps_its_own_year() -> None:
    text = (
        "The revolt of 1821\n\nIn March 1821 the islands rose. By August the forts had fallen. In November the sultan sent "
        "a fleet. In January it was driven off. In 1825 a second army landed. On 12 June it took the port."
    )
    found = values(text, "2009-12-19")
    assert found["August"] == "1821-08"
    assert found["January"] == "1822-01"
    assert found["12 June"] == "1825-06-12"


def test_day_or_month_first() -> None:
    assert values("Signed on 03/04/1998.", outlet="Associated Press") == {"03/04/1998": "1998-03-04"}
    assert values("Signed on 03/04/1998.", outlet="The Guardian") == {"03/04/1998": "1998-04-03"}
    assert values("Sent on 25/12/1997, signed on 03/04/1998.")["03/04/1998"] == "1998-04-03"


def test_without_a_reference_date_the_head_gives_one() -> None:
    assert values("GENEVA, June 4, 2001 - The talks ended today.", None)["today"] == "2001-06-04"
    assert values("The talks ended today.", None) == {"today": "XXXX-XX-XX"}


WORDS = [
    "the",
    "a",
    "an",
    "of",
    "in",
    "on",
    "at",
    "by",
    "since",
    "until",
    "last",
    "next",
    "this",
    "that",
    "past",
    "following",
    "previous",
    "same",
    "every",
    "each",
    "early",
    "late",
    "mid",
    "end",
    "beginning",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "year",
    "years",
    "decade",
    "century",
    "quarter",
    "hour",
    "weekend",
    "morning",
    "night",
    "Monday",
    "Friday",
    "May",
    "March",
    "June",
    "3",
    "14",
    "29",
    "31",
    "0",
    "99",
    "1999",
    "2011",
    "0000",
    "9999",
    "first",
    "third",
    "5th",
    "21st",
    "1990s",
    "'60s",
    "two",
    "twenty",
    "five",
    "hundred",
    "several",
    "few",
    "ago",
    "later",
    "earlier",
    "before",
    "after",
    "and",
    "to",
    "-",
    ",",
    ".",
    "/",
    ":",
    "'",
    "BC",
    "AD",
    "a.m.",
    "p.m.",
    "10:35",
    "25/12/1997",
    "2011-11-10",
    "fiscal",
    "half",
    "Christmas",
    "Easter",
    "summer",
    "fall",
    "will",
    "said",
    "now",
    "today",
    "yesterday",
    "recently",
    "former",
    "future",
    "per",
    "daily",
    "eve",
    "Q3",
    "from",
    "time",
    "\n\n",
]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.sampled_from([None, FRIDAY, "2011", "0001-01-01", "9999-12-31"]),
)
def test_any_run_of_time_words_gives_lawful_expressions(text: str, reference: str | None) -> None:
    check_laws(text, reference)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.text(max_size=12))
def test_any_text_gives_lawful_expressions(text: str, reference: str) -> None:
    check_laws(text, reference)


def check_laws(text: str, reference: str | None) -> None:
    end = 0
    for timex in find_times(text, reference=reference):
        assert end <= timex.span.start < timex.span.end <= len(text)
        assert timex.span.of(text) == timex.span.of(text).strip()
        assert TIMEX_VALUE.fullmatch(timex.value), (timex.value, timex.span.of(text))
        assert not timex.value.startswith("0000")
        assert timex.type in {"DATE", "TIME", "DURATION", "SET"}
        end = timex.span.end


def test_a_line_of_a_hundred_thousand_characters() -> None:
    assert len(find_times("on 3 May 1999 and " * 6000, reference=FRIDAY)) == 6000
    assert find_times("the " * 30_000 + "- " * 30_000 + "1" * 30_000, reference=FRIDAY) == []


@pytest.mark.parametrize("word", ["one", "one and", "1 1/2", "the last", "on Monday", "1999", "few"])
def test_time_grows_with_the_length(word: str) -> None:
    started = time.process_time()
    find_times(f"{word} " * 10_000, reference=FRIDAY)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("text", "word", "value"),
    [
        ("On Thursday, the ministers signed the treaty in Vienna.", "signed", "2011-11-10"),
        ("The minister said on Monday that troops would withdraw next week.", "withdraw", "2011-W46"),
        ("The minister said on Monday that troops would withdraw.", "withdraw", None),
        ("The treaty, signed in 1987, was abandoned last year.", "signed", "1987"),
        ("The treaty, signed in 1987, was abandoned last year.", "abandoned", "2010"),
        ("Clashes that began on Tuesday spread to the port.", "Clashes", "2011-11-08"),
        ("After the vote on Friday, protesters stormed the building.", "stormed", "2011-11-11"),
        ("Since June the rebels have held the city.", "held", None),
        ("The envoys met and signed a pact on Thursday.", "met", "2011-11-10"),
        ("A plan drawn up by the envoy and announced by the premier on July 13 failed.", "drawn", "2011-07-13"),
        (
            "The pact was made during a visit to Riga on Thursday, where both sides discussed trade.",
            "discussed",
            "2011-11-10",
        ),
        ("The crisis peaked on Thursday, when tanks entered the port.", "entered", "2011-11-10"),
        ("The army attacked, and the rebels left on Monday.", "attacked", None),
        ("Iran rejected the offer on Monday and threatened to leave the talks.", "threatened", "2011-11-07"),
        ("Iran rejected the offer on Monday and threatened to leave the talks.", "leave", None),
    ],
)
def test_when_what_a_word_tells_took_place(text: str, word: str, value: str | None) -> None:
    parsed = parse(detente.Document.from_text(text, published="2011-11-12"))
    clock = find_dates(parsed)
    token = next(t for t in parsed.doc if t.text == word)
    when = clock.date_of(token)
    assert (when.value if when else None) == value
    if when:
        assert when.span is not None
        assert when.reason
        assert any(m.span == when.span and m.value == when.value for m in clock.mentions)


@pytest.mark.parametrize(("name", "relaxed", "value"), [("te3_platinum_a", 0.94, 0.84), ("wikiwars_a", 0.96, 0.88)])
def test_figures_on_gold(name: str, relaxed: float, value: float) -> None:
    file = GOLD / f"{name}.jsonl"
    if not file.is_file():
        pytest.skip(f"no {file}: other people's annotation, not part of this repository")
    from detente.evaluation.dates import evaluate

    measures = {m["name"]: m["value"] for m in evaluate(file)["measures"]}
    assert measures["relaxed F1"] >= relaxed
    assert measures["value F1"] >= value


@pytest.mark.parametrize("rule", sorted(RULES))
@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_expression_is_passed_over_by_the_look_at_its_first_letters(rule: str, data: st.DataObject) -> None:
    letters = data.draw(st.from_regex(RULES[rule].replace("(?=", "(?:"), fullmatch=True))
    follows = data.draw(st.sampled_from(["", "x", ",x", ".", "tU", "m", "k", "-dU"]))
    if re.match(RULES[rule], letters + follows):
        assert re.match(OPENING, letters + follows + "xx")


def test_long_runs_of_blanks_and_holidays() -> None:
    text = " " * 60_000 + "_" + "\n" * 60_000 + "New New Year's Day 2012 " * 500
    found = find_times(text)
    assert sum(t.value == "2012-01-01" for t in found) == 500


@pytest.mark.parametrize(
    ("text", "value"), [("Christmas Eve 1999", "1999-12-24"), ("Easter Monday 2018", "2018-04-02")]
)
def test_a_holiday_with_its_year(text: str, value: str) -> None:
    document = detente.Document.from_text(f"The market closed on {text}.", published="2021-06-17")
    dates = detente.read(document).dates
    assert [d.value for d in dates] == [value]
