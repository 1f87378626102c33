"""Irregular forms and their lemmas, from the model's own tables."""

from __future__ import annotations

from functools import cache

from .pipeline import load_pipeline


def irregular_lemmas(word: str) -> tuple[str, ...]:
    """The lemmas of an irregular verb or noun form in small letters ('brought' is 'bring'); none for regular ones."""
    return _exceptions().get(word, ())


@cache
def _exceptions() -> dict[str, tuple[str, ...]]:
    table = load_pipeline().get_pipe("lemmatizer").lookups.get_table("lemma_exc")  # type: ignore[attr-defined] # of its subclass
    strings = load_pipeline().vocab.strings
    found: dict[str, tuple[str, ...]] = {}
    for kind in ("verb", "noun"):
        for form, lemmas in table[kind].items():
            name = form if isinstance(form, str) else strings[form]
            found[name] = (*found.get(name, ()), *lemmas)
    return found
