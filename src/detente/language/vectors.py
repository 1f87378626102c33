"""Token vectors sooner: the model's tok2vec layers computed with remembered embeddings and plain matrix products.

A spaCy tok2vec first makes a vector of each token out of six attributes, which do not depend on what stands around it,
and then mixes neighbours in four layers (Honnibal, "Embed, encode, attend, predict", 2016). Words come back, so the
first half is kept for those seen before; the second half is the same arithmetic in an order that a processor likes. The
numbers agree with thinc's to the sixth digit; a test and `benchmarks/parse.py` compare the analyses token by token.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE, NORM, PREFIX, SHAPE, SPACY, SUFFIX
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

Floats = npt.NDArray[np.float32]

ATTRIBUTES = [NORM, PREFIX, SUFFIX, SHAPE, SPACY, IS_SPACE]
"""What an embedding is made of, in the order of the model's tables."""

REMEMBERED = 40_000
"""Embeddings kept before the memory is emptied: some 15 MB for each of the model's two tok2vecs."""

ROWS = 512
"""Tokens that go through a matrix product at a time, so that both its sides stay in the processor's cache."""


class Keys:
    """The attributes of the tokens of some documents, one bytes object a token. Made once for both tok2vecs."""

    def __init__(self, docs: Sequence[Doc]) -> None:
        self.rows = np.concatenate([np.asarray(doc.to_array(ATTRIBUTES), np.uint64) for doc in docs])
        # Trailing zero bytes are cut, from keys of one length: no two become the same.
        self.names: list[bytes] = self.rows.view(f"S{8 * len(ATTRIBUTES)}").ravel().tolist()


class QuickVectors:
    """One tok2vec of the small English models (MultiHashEmbed.v2, MaxoutWindowEncoder.v2) for prediction."""

    def __init__(self, model: Model[Any, Any]) -> None:
        embed, encode = model.layers
        self._hashes = _named(embed, "hashembed")
        maxout, norm = _named(embed, "maxout")[0], _named(embed, "layernorm")[0]
        self._mixer = _Mixer(maxout, norm)
        self._layers = [
            _Mixer(m, n) for m, n in zip(_named(encode, "maxout"), _named(encode, "layernorm"), strict=True)
        ]
        self.width = self._mixer.width
        self._seen: dict[bytes, int] = {}
        self._table = np.zeros((1024, self.width), np.float32)

    def of(self, docs: Sequence[Doc], keys: Keys) -> Floats:
        """One row a token of `docs`, in order: tokens x width."""
        lengths = [len(doc) for doc in docs]
        embedded = self._embedded(keys)
        # As many rows of zeros around each document as there are layers, each of which looks one token far.
        pad = len(self._layers)
        places = np.concatenate([np.arange(n) + start for n, start in zip(lengths, _starts(lengths, pad), strict=True)])
        x = np.zeros((sum(lengths) + pad * (len(lengths) + 1) + 2, self.width), np.float32)
        x[places] = embedded
        for layer in self._layers:
            layer.add_to(x)
        vectors: Floats = x[places]
        return vectors

    def _embedded(self, keys: Keys) -> Floats:
        seen = self._seen
        new = {name: i for i, name in enumerate(keys.names) if name not in seen}
        if len(seen) + len(new) > REMEMBERED:
            seen.clear()
            new = {name: i for i, name in enumerate(keys.names)}
        if new:
            first = len(seen)
            while len(self._table) < first + len(new):
                self._table = np.concatenate([self._table, np.zeros_like(self._table)])
            self._table[first : first + len(new)] = self._embed(keys.rows[list(new.values())])
            seen.update(zip(new, range(first, first + len(new)), strict=True))
        return self._table[[seen[name] for name in keys.names]]

    def _embed(self, rows: npt.NDArray[np.uint64]) -> Floats:
        parts = [layer.predict(np.ascontiguousarray(rows[:, i])) for i, layer in enumerate(self._hashes)]
        return self._mixer.apply(np.concatenate(parts, axis=1))


class _Mixer:
    """A maxout layer with layer normalisation."""

    def __init__(self, maxout: Model[Any, Any], norm: Model[Any, Any]) -> None:
        weights, bias = np.asarray(maxout.get_param("W")), np.asarray(maxout.get_param("b"))
        self.width, self.pieces, wide = weights.shape
        # All first pieces, then all second ones: taking the larger is then one pass over whole rows.
        self._weights = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, wide).T)
        self._bias = np.ascontiguousarray(bias.T.reshape(-1))
        self._scale, self._shift = norm.get_param("G"), norm.get_param("b")

    def apply(self, x: Floats) -> Floats:
        y = x @ self._weights
        y += self._bias
        best = y[:, : self.width]
        for piece in range(1, self.pieces):
            best = np.maximum(best, y[:, piece * self.width : (piece + 1) * self.width])
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / np.float32(self.width) + np.float32(1e-8)
        best *= (1 / np.sqrt(variance))[:, None]
        best *= self._scale
        best += self._shift
        return best

    def add_to(self, x: Floats) -> None:
        """Adds to each row what the layer makes of it and its two neighbours. The first and last rows stay zero."""
        rows, wide = len(x) - 2, 3 * self.width
        # Neighbouring rows lie behind each other in memory: a window of three is a view.
        windows = np.lib.stride_tricks.as_strided(x, (rows, wide), (x.strides[0], x.strides[1]), writeable=False)
        found = [self.apply(np.ascontiguousarray(windows[i : i + ROWS])) for i in range(0, rows, ROWS)]
        x[1:-1] += np.concatenate(found)


def quick_model(vectors: QuickVectors) -> Model[Any, Any]:
    """The same as a thinc model, for spaCy's own component."""

    def forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> Any:
        if is_train:
            raise NotImplementedError("these vectors predict only; train with spaCy's own tok2vec")
        found = vectors.of(docs, Keys(docs))
        edges = np.cumsum([len(doc) for doc in docs])[:-1]
        return np.split(found, edges), lambda d: d

    return Model("quick_vectors", forward, dims={"nO": vectors.width}, ops=NumpyOps(use_blis=False))


def _named(model: Model[Any, Any], name: str) -> list[Model[Any, Any]]:
    return [layer for layer in model.walk() if layer.name == name]


def _starts(lengths: Sequence[int], pad: int) -> list[int]:
    """The row at which each document begins: one row of zeros at the very edge, and `pad` before each document."""
    starts, at = [], 1
    for length in lengths:
        at += pad
        starts.append(at)
        at += length
    return starts
