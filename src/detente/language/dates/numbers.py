"""How many: '3', '1,000', 'twenty-five', 'a couple of', 'two and a half'."""

from __future__ import annotations

from .words import NUMBERS, ORDINALS, SCALES


def number_of(words: list[str]) -> float | None:
    """The number that the words say; None when they are vague ('several') or say none. 'a' and 'half' count."""
    total, current, seen = 0.0, 0.0, False
    n = 0
    while n < len(words):
        word = words[n].replace(",", "")
        if word == "some" and n + 1 < len(words):
            n += 1
            continue
        if word in {"few", "several", "many", "some", "various", "countless", "numerous", "couple", "handful"}:
            return None if word != "couple" else 2.0
        if word == "half":
            current, seen = (current + 0.5, True)
        elif is_number(word):
            if n + 2 < len(words) and words[n + 1] == "/" and is_number(words[n + 2]) and float(words[n + 2]):
                current, n = current + float(word) / float(words[n + 2]), n + 2
            else:
                current += float(word)
            seen = True
        elif word in SCALES:
            current, seen = (current or 1) * SCALES[word], True
            if SCALES[word] >= 1000:
                total, current = total + current, 0.0
        elif word in NUMBERS:
            current, seen = current + NUMBERS[word], True
        elif (
            word in {"a", "an", "another", "one"} and not (n and words[n - 1] == "and") and words[n - 1 : n] != ["half"]
        ):
            counts = n + 1 >= len(words) or not (words[n + 1] in NUMBERS or is_number(words[n + 1]))
            current, seen = current + counts, True
        n += 1
    return total + current if seen else None


def is_number(word: str) -> bool:
    return word.isascii() and word.replace(".", "", 1).isdigit() and len(word) < 12


def ordinal_of(word: str) -> int:
    """'third' and '3rd' are 3; 0 for what is no ordinal."""
    if word in ORDINALS:
        return ORDINALS[word]
    digits = word[:-2]
    return int(digits) if digits.isascii() and digits.isdigit() else 0
