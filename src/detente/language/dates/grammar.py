"""The shapes of time expressions, as regular expressions over the letters of `words.CLASSES`.

The first rule that fits at a place wins, so the longer shapes stand first. What each shape means is said by the
function of the same name in `years`, `quarters`, `days`, `occasions`, `durations` or `relative`.
"""

from __future__ import annotations

import re

EDGE = r"(?:t?B[OI]t?|t?A[-I]?t?|[ab]It?)"
"""'the end of', 'early', 'mid-', 'late in the', 'later in'."""
FULL = r"(?:(?:W,?)?(?:t?M-?[do](?:,?O?t?Y(?![-/]?U))?|t?[do]O?M(?:,?O?Y)?))"
"""A day and a month, with or without the year, in either order."""
COUNT = r"(?:uO?e|e?Q[dw]{0,3}O?|ew[wO]{0,4}|w(?:[-&]?w){0,6}|[d#Y](?:-?d/d)?w{0,3}|e)"
"""'a few', 'a dozen', 'twenty-five', '2 1/2', 'a', 'half a'."""
COUNTED = rf"(?:{COUNT}(?:&[eu]u?)?-?l?U(?:&eu)?|u-?U)"
"""A count and its unit: 'three long years', 'a year and a half', 'half-hour'."""

RULES: dict[str, str] = {
    "eve": rf"t?VOt?(?:{FULL}|[LNh]?W|Ω(?:,?[IO]?Y)?)",
    "beside_event": rf"t?VO(?=[thH]?x)|(?:tU|{COUNTED})[ab](?=[thH]x{{1,4}}n)",
    "numeric": r"X(?:,?Cm?)?",
    "part_of_date": rf"(?:t|e)?A?P(?:U)?O(?:{FULL}|[do](?=-[do]M))",
    "date_part": rf"{FULL},?A?P",
    "date_clock": rf"{FULL},?(?:C|d(?=m))m?",
    "clock_date": rf"(?:C|d(?=m))m?(?:x|xx)?n(?:{FULL}|[LNh]?W)",
    "full": rf"{EDGE}?{FULL}",
    "fallen_day": r"[do](?=[-2&]t?[do]M)",
    "month_year": rf"{EDGE}?M(?:,?O?'?Y|O?[LNhHvsf]{{1,3}}U|[LN]U|O'd)",
    "month": rf"{EDGE}?[LNhHvqf]?M(?!')|{EDGE}?[LNhHvqf]?M",
    "day_of_month": r"to(?:OHs?U|OtU)?",
    "coded": r"R(?:O?,?'?Y|y?U)?",
    "year_quarter": r"t?Yo-?U",
    "quarter": r"(?:[tLNh]|[LN]U')?y?o-?y?U(?:O?,?(?:t?y?U?Y|[LNhHt]y?U))?",
    "half": r"t?[oL]-?u(?:O(?:y?Y|[LNhHt]U)|Y)?",
    "first_units": r"t[oLN](?:[dw]|Q)?U(?:O(?:Y|M|tU))",
    "fiscal_years": rf"{EDGE}?t?(?:Y(?:[-/][d#Y])?yU|yU?Y[-/][d#Y])",
    "fiscal": rf"{EDGE}?[tLNh]?y(?:U?Y|U)",
    "era": r"[dY#]Z|Z[dY#]",
    "the_year": rf"{EDGE}?t?U,?Y(?!U)",
    "decade": rf"{EDGE}?t?A?-?'?(?:w-?)?K",
    "season": rf"{EDGE}?[tLNhHvfcEq]?l?S(?:,?O?t?(?:Y|[LNhH]s?U))?",
    "weekday": r"A?[LNhHfcvtq]?W(?:A?P)?(?:,?(?:C|d(?=m))m?)?",
    "weekdays": r"(?:E|nt?)?G|EW(?:P)?",
    "clock": r"(?:C|[dw](?=[mk]))[mk]?(?:ItP|(?:x|,)?[LNh]?W)?|[dw]ItP",
    "day_part": r"A?JA?P|J(?:Cm?|[dw](?=m)m)|A?J",
    "this_part": r"A?[hLHNfvts]{1,2}P|A?[LN]P",
    "each": r"E(?:Q|[dwo])?-?[UPSM]|ExU",
    "ago": rf"(?:{COUNTED}|U)g|lg",
    "hence": rf"{COUNTED}'i",
    "day_beyond": r"t?U[ab]J",
    "later": rf"(?:{COUNTED}|U|e?li)[ab](?!-?[xo]?-?than)|tU[ab]|[te]?U-[bg]",
    "unit_end": r"t?U-[BA]",
    "edge_unit": r"(?:[abA]I?[tLNhHf]{1,4}U|t?[AB](?:O[LNhHt]{0,3}|-)U|[ab][hH]U)",
    "same": r"(?:[tH]s|[hHz]|ts)U",
    "span_of": r"t?[Lqvr][dwQ#]{0,4}O?l?U|t?[Nfc][dwQ#]{0,4}l?U|t?LQO?U",
    "count_first": r"[dw](?=[-&2][dw]-?U)",
    "counted": rf"{COUNTED}(?:'|-l)?",
    "units": r"pU|U-l|U(?=OJ)",
    "timely": r"(?:n?t|H|h|n?ts)i",
    "past": r"tq(?![A-Za-z]?U)|tj|tlj",
    "loose": r"j(?:-?U)?",
    "regular": r"D",
    "holiday": rf"{EDGE}?[LNht]?Ω(?:,?[IO]?Y|P)?",
    "part": r"AP|PW|P",
    "short_year": r"'d|'#",
    "year": rf"{EDGE}?Y",
    "the_unit": r"tU",
    "bare": r"U",
}

EACH = {name: re.compile(shape) for name, shape in RULES.items()}
OPENING = r"(?=[MXRWGKSCJPDΩjYU]|n[tG]|ExU|[^x,.:/Ik&2On][^x,.:/])"
"""How an expression can begin: with a letter that is one by itself, or with two. Looking first saves trying every rule
at every word."""
PATTERN = re.compile(OPENING + "(?:" + "|".join(f"(?P<{name}>{shape})" for name, shape in RULES.items()) + ")")
