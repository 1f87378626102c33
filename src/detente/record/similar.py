"""Which texts are the same dispatch: MinHash over shingles of five words.

Broder (1997), On the resemblance and containment of documents; bands after Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, chapter 3.
"""

from __future__ import annotations

import zlib

import numpy as np
import numpy.typing as npt

from .rows import fold

SHINGLE = 5
HASHES = 64
BANDS = 16
"""16 bands of 4: two texts that share half of their shingles meet in some band two times in three, those that
share 70 % nearly always (1 - (1 - .7^4)^16 = .99)."""

RESEMBLANCE, CONTAINMENT = 0.6, 0.85
"""The same dispatch: 60 % of all shingles are shared, or 85 % of the shorter text's (a cut version)."""

DOUBT = 0.18
"""Three standard deviations of the resemblance that 64 hashes tell: by how far it must miss before it rules out."""

TRIES = 8
"""After so many of the closest that are another dispatch none is expected among the others."""

CROWD = 200
"""Documents with a band in common beyond which only the latest are compared: words that everybody carries (a weather
table, a market report) are no dispatch, and each with each would cost the square of their number."""

_random = np.random.default_rng(20111112)
_A = _random.integers(1, 2**63, HASHES, dtype=np.uint64) | np.uint64(1)
_B = _random.integers(0, 2**63, HASHES, dtype=np.uint64)

Signature = npt.NDArray[np.uint32]


def shingles_of(text: str) -> frozenset[int]:
    """32-bit hashes of all runs of five words; of the whole text when it has fewer."""
    words = fold(text).split()
    runs = range(max(1, len(words) - SHINGLE + 1))
    return frozenset(zlib.crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in runs)


def signature_of(shingles: frozenset[int]) -> Signature:
    """The 64 smallest hashes of the shingles, each under a hash function of its own."""
    x = np.fromiter(shingles, dtype=np.uint64, count=len(shingles))
    hashed = (x[:, None] * _A[None, :] + _B[None, :]) >> np.uint64(32)
    smallest: Signature = hashed.min(axis=0).astype(np.uint32)
    return smallest


def bands_of(signature: Signature) -> list[int]:
    """One number a band; two texts with a number in common are candidates."""
    parts = signature.reshape(BANDS, -1)
    return [i << 32 | zlib.crc32(part.tobytes()) for i, part in enumerate(parts)]


def closeness(a: Signature, b: Signature, length: int, other: int) -> float:
    """By how much the signatures of two texts of these lengths say more than the same dispatch must have in common; below
    `-DOUBT` they are none."""
    shorter = min(length, other) / max(length, other)
    needed = min(RESEMBLANCE, CONTAINMENT * shorter / (1 + (1 - CONTAINMENT) * shorter))
    return float((a == b).sum()) / HASHES - needed


def likeness(a: frozenset[int], b: frozenset[int]) -> float:
    """0 when they are different dispatches; else the share of shingles that they have in common."""
    common = len(a & b)
    resemblance, containment = common / len(a | b), common / min(len(a), len(b))
    return containment if resemblance >= RESEMBLANCE or containment >= CONTAINMENT else 0.0
