"""Tokens a second of spaCy as it comes and as detente sets it up, in one run: python benchmarks/parse.py [TEXT...]

Also checks that not one token's tag, dependency, head, entity or lemma differs (sentence boundaries that detente sets
before the parser are left out of the comparison, and are timed with the rest).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from detente.language.pipeline import load_pipeline, model_report, use_numpy_blas

ROUNDS = 5
EXAMPLES = Path(__file__).parent.parent / "examples"


def analyses(docs: list[Doc]) -> list[tuple[object, ...]]:
    """What each token was found to be."""
    return [(t.tag_, t.dep_, t.head.i, t.ent_type_, t.ent_iob_, t.lemma_) for doc in docs for t in doc]


def once(nlp: Language, texts: list[str]) -> tuple[float, list[Doc]]:
    """Processor seconds of one pass, and the analyses."""
    started = time.process_time()
    docs = list(nlp.pipe(texts, batch_size=32))
    return time.process_time() - started, docs


def main() -> None:
    files = [Path(a) for a in sys.argv[1:]] or sorted(EXAMPLES.glob("*/dispatch.txt"))
    texts = [f.read_text(encoding="utf-8") for f in files] * 4
    plain = spacy.load(model_report().path)
    quick = spacy.load(model_report().path)
    use_numpy_blas(quick)
    pipelines = {"spaCy as it comes": plain, "NumPy's BLAS": quick, "detente's pipeline": load_pipeline()}
    best = dict.fromkeys(pipelines, float("inf"))
    docs: dict[str, list[Doc]] = {}
    for _ in range(ROUNDS):
        for name, nlp in pipelines.items():
            seconds, docs[name] = once(nlp, texts)
            best[name] = min(best[name], seconds)
    tokens = sum(map(len, docs["spaCy as it comes"]))
    first = best["spaCy as it comes"]
    for name, seconds in best.items():
        print(f"{name:20} {tokens / seconds:8.0f} tokens a processor second, {first / seconds:.2f} times the first")
    same = analyses(docs["spaCy as it comes"]) == analyses(docs["NumPy's BLAS"])
    print(f"analyses with NumPy's BLAS {'identical' if same else 'DIFFERENT'} on {tokens} tokens")


if __name__ == "__main__":
    main()
