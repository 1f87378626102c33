"""The words that time expressions are made of, each with a one-letter class; the grammar is written in these letters."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"], start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ["monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thur thurs", "friday fri", "saturday sat",
         "sunday sun"], start=1,
    )
    for name in names.split()
}  # fmt: skip
NEEDS_CAPITAL = frozenset(["may", "march", "mar", "mon", "wed", "sat", "sun", "fri", "thu", "tue", "dec", "jan", "sep"])
NEEDS_NUMBER = frozenset(["mar", "dec", "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov"])
"""Short months count only beside a day or a year, or with their full stop."""

UNITS = {
    **dict.fromkeys(["day", "days"], "D"),
    **dict.fromkeys(["week", "weeks"], "W"),
    **dict.fromkeys(["fortnight", "fortnights"], "F"),
    **dict.fromkeys(["month", "months"], "M"),
    **dict.fromkeys(["quarter", "quarters"], "Q"),
    **dict.fromkeys(["year", "years", "yr", "yrs"], "Y"),
    **dict.fromkeys(["decade", "decades"], "DE"),
    **dict.fromkeys(["century", "centuries"], "CE"),
    **dict.fromkeys(["millennium", "millennia", "millenniums"], "ML"),
    **dict.fromkeys(["weekend", "weekends"], "WE"),
    **dict.fromkeys(["hour", "hours", "hr", "hrs"], "TH"),
    **dict.fromkeys(["minute", "minutes"], "TM"),
    **dict.fromkeys(["seconds"], "TS"),
    **dict.fromkeys(["generation", "generations"], "GE"),
}

PARTS = {
    "morning": "MO", "mornings": "MO", "afternoon": "AF", "afternoons": "AF", "evening": "EV", "evenings": "EV",
    "night": "NI", "nights": "NI", "overnight": "NI", "dawn": "DA", "daybreak": "DA", "dusk": "EV", "nightfall": "EV", "daytime": "DT",
    "noon": "12:00", "midday": "12:00", "midnight": "24:00", "lunchtime": "MI",
}  # fmt: skip
SEASONS = {"spring": "SP", "summer": "SU", "summers": "SU", "autumn": "FA", "fall": "FA", "winter": "WI", "winters": "WI",
           "springtime": "SP", "summertime": "SU", "wintertime": "WI"}  # fmt: skip

SMALL = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
    if number
}
TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000, "score": 20}
NUMBERS = {**SMALL, **TENS, **SCALES}

ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "zeroth",
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ]
    )
    if number
} | {"thirtieth": 30}
DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
           "nineties": 90}  # fmt: skip

VAGUE = frozenset(["few", "several", "many", "couple", "some", "various", "countless", "numerous", "handful"])

BEFORE_WORDS = frozenset(["earlier", "before", "previously", "prior"])
AFTER_WORDS = frozenset(["later", "after", "afterwards", "afterward", "hence", "thereafter"])

EDGES = {
    **dict.fromkeys(["early"], "START"), **dict.fromkeys(["late"], "END"), **dict.fromkeys(["mid", "middle"], "MID"),
    **dict.fromkeys(["beginning", "start", "outset", "dawn", "onset"], "START"),
    **dict.fromkeys(["end", "close", "conclusion"], "END"),
}  # fmt: skip

DEICTIC: dict[str, tuple[str, str]] = {
    "today": ("DATE", "+0"), "yesterday": ("DATE", "-1"), "tomorrow": ("DATE", "+1"), "tonight": ("TIME", "+0TNI"),
    "now": ("DATE", "PRESENT_REF"), "currently": ("DATE", "PRESENT_REF"), "nowadays": ("DATE", "PRESENT_REF"),
    "presently": ("DATE", "PRESENT_REF"), "recently": ("DATE", "PAST_REF"), "formerly": ("DATE", "PAST_REF"),
    "lately": ("DATE", "PAST_REF"), "moment": ("DATE", "PRESENT_REF"),
}  # fmt: skip
"""Type, and days from today or a reference to past, present or future."""

LOOSE: dict[str, str] = {"former": "PAST_REF", "recent": "PAST_REF", "current": "PRESENT_REF", "future": "FUTURE_REF",
                         "present": "PRESENT_REF"}  # fmt: skip
"""Adjectives that place what they stand before in time."""

SETS = {
    "daily": "D", "nightly": "D", "weekly": "W", "monthly": "M", "quarterly": "Q", "annual": "Y", "annually": "Y",
    "yearly": "Y", "hourly": "TH", "biweekly": "2W", "biannual": "2Y", "semiannual": "6M", "fortnightly": "2W",
}  # fmt: skip

LASTING = {
    "daylong": "1D",
    "weeklong": "1W",
    "monthlong": "1M",
    "yearlong": "1Y",
    "decadelong": "1DE",
    "hourlong": "T1H",
}
"""Lengths written as one word."""

CLASSES: dict[str, str] = {
    **dict.fromkeys(NUMBERS, "w"),
    **dict.fromkeys(ORDINALS, "o"),
    **dict.fromkeys(UNITS, "U"),
    **dict.fromkeys(PARTS, "P"),
    **dict.fromkeys(SEASONS, "S"),
    **dict.fromkeys(DECADES, "K"),
    **dict.fromkeys(VAGUE, "Q"),
    **dict.fromkeys(MONTHS, "M"),
    **dict.fromkeys(WEEKDAYS, "W"),
    **dict.fromkeys([d + "s" for d in WEEKDAYS if d.endswith("day")], "G"),
    **dict.fromkeys(DEICTIC, "J"),
    **dict.fromkeys(LOOSE, "j"),
    **dict.fromkeys([*SETS, *LASTING], "D"),
    **dict.fromkeys(BEFORE_WORDS, "b"),
    **dict.fromkeys(AFTER_WORDS, "a"),
    **dict.fromkeys(["early", "late", "mid"], "A"),
    **dict.fromkeys(["beginning", "start", "outset", "onset", "end", "close", "middle"], "B"),
    **dict.fromkeys(["a", "an", "another"], "e"),
    "per": "p",
    "the": "t",
    "this": "h",
    "that": "H",
    **dict.fromkeys(["these", "those"], "z"),
    **dict.fromkeys(["last", "latest"], "L"),
    "past": "q",
    **dict.fromkeys(["previous", "preceding"], "v"),
    "next": "N",
    **dict.fromkeys(["following", "ensuing", "subsequent", "succeeding"], "f"),
    **dict.fromkeys(["coming", "upcoming"], "c"),
    "same": "s",
    **dict.fromkeys(["each", "every"], "E"),
    "ago": "g",
    "of": "O",
    "in": "I",
    "and": "&",
    "to": "2",
    **dict.fromkeys(["fiscal", "financial", "fy"], "y"),
    "half": "u",
    **dict.fromkeys(["bc", "bce", "ad", "ce"], "Z"),
    **dict.fromkeys(["am", "pm"], "m"),
    "time": "i",
    "period": "i",
    "eve": "V",
    **dict.fromkeys(
        [
            "long",
            "near",
            "short",
            "full",
            "whole",
            "more",
            "straight",
            "consecutive",
            "successive",
            "additional",
            "entire",
            "calendar",
            "working",
            "business",
            "trading",
            "extra",
        ],
        "l",
    ),
    "from": "F",
    "on": "n",
}
