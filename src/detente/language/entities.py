"""The model's named entities, found without stepping through the text word by word.

spaCy's recogniser is a transition system: at each token it scores 74 actions (begin, in, last or unit of a type, or out)
given the token and the first and last token of the entity that is open (Lample et al. 2016, section 3). Where none is
open, the scores depend on the token alone, so they are computed for all tokens at once; what stands open is then
followed for all entities of a batch in step. The weights, the actions and the rules of what may follow are the model's
own, so the entities are those that spaCy finds; half the time of its loop goes into locks that this does without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE, SENT_START
from spacy.tokens import Doc, Span
from spacy.util import minibatch

from .vectors import Floats, Keys, QuickVectors

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.intp]
IMPOSSIBLE = np.float32(-np.inf)


class QuickEntities:
    """A component for spaCy's pipeline in place of `ner`, made from it."""

    def __init__(self, ner: Any) -> None:
        embedding, lower, upper = ner.model.layers
        tok2vec, _, linear = embedding.layers
        self._vectors = QuickVectors(tok2vec)
        self._linear, self._linear_bias = linear.get_param("W").T.copy(), linear.get_param("b")
        features, hidden, pieces, wide = lower.get_param("W").shape
        # From (feature, hidden, piece, input) to (input, feature x piece x hidden).
        weights = lower.get_param("W").transpose(3, 0, 2, 1).reshape(wide, -1)
        self._lower, self._shape = np.ascontiguousarray(weights), (features, pieces * hidden)
        self._hidden = hidden
        self._lower_bias = lower.get_param("b").T.reshape(-1)
        self._absent = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(features, -1)
        self._upper, self._upper_bias = upper.get_param("W").T.copy(), upper.get_param("b")
        moves = [ner.moves.get_class_name(i).partition("-")[::2] for i in range(ner.moves.n_moves)]
        self._labels = [label for _, label in moves]
        self._begins = np.array([move == "B" for move, _ in moves])
        self._units = np.array([move == "U" for move, _ in moves])
        # "U-" without a label is for entities that somebody blocked beforehand; there are none here.
        self._others = np.array([move in "IL" or (move, label) == ("U", "") for move, label in moves])
        place = {move: i for i, move in enumerate(moves)}
        self._inside = np.array([place.get(("I", label), 0) for label in self._labels])
        self._last = np.array([place.get(("L", label), 0) for label in self._labels])
        self._out = place["O", ""]

    def __call__(self, doc: Doc) -> Doc:
        self._set(doc, self._entities([doc])[0])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        for batch in minibatch(stream, batch_size):
            docs = list(batch)
            for doc, found in zip(docs, self._entities(docs), strict=True):
                self._set(doc, found)
            yield from docs

    def _set(self, doc: Doc, found: Sequence[tuple[int, int, str]]) -> None:
        doc.set_ents([Span(doc, start, end, label) for start, end, label in found], default="outside")

    def _entities(self, docs: Sequence[Doc]) -> list[list[tuple[int, int, str]]]:
        """(start, end, label) of the entities of each document, in tokens."""
        lengths = np.array([len(doc) for doc in docs], np.intp)
        if not lengths.sum():
            return [[] for _ in docs]
        keys = Keys(docs)
        spaces = np.concatenate([doc.to_array([IS_SPACE]).ravel() for doc in docs]).astype(bool)
        # Whether the token is the last that an entity may reach: the next one begins a sentence, or there is none.
        starts = np.concatenate([doc.to_array([SENT_START]).ravel() for doc in docs]) == 1
        final = np.zeros(len(starts), bool)
        edges = np.cumsum(lengths)
        final[edges[lengths > 0] - 1] = True
        before_start = np.append(starts[1:], False) & ~final
        features = self._features(self._vectors.of(docs, keys))
        actions = self._outside(features, spaces, before_start | final)
        opened = np.flatnonzero(self._begins[actions])
        ends = dict(zip(opened.tolist(), self._ends(features, opened, actions, before_start | final), strict=True))
        found: list[list[tuple[int, int, str]]] = [[] for _ in docs]
        after, which, first = 0, 0, 0
        for i in np.flatnonzero(actions != self._out).tolist():
            if i < after:
                continue
            while i >= edges[which]:
                first, which = int(edges[which]), which + 1
            after = ends.get(i, i) + 1
            found[which].append((i - first, after - first, self._labels[actions[i]]))
        return found

    def _features(self, vectors: Floats) -> Floats:
        """What each token adds to the hidden layer in each of its three places: tokens x 3 x (pieces x hidden)."""
        found: Floats = ((vectors @ self._linear + self._linear_bias) @ self._lower).reshape(-1, *self._shape)
        return found

    def _scores(self, summed: Floats) -> Floats:
        summed = summed + self._lower_bias
        half = summed[:, : self._hidden]
        for at in range(self._hidden, summed.shape[1], self._hidden):
            half = np.maximum(half, summed[:, at : at + self._hidden])
        scores: Floats = half @ self._upper + self._upper_bias
        return scores

    def _outside(self, features: Floats, spaces: Flags, final: Flags) -> Numbers:
        """The best action at each token where no entity is open."""
        scores = self._scores(features[:, 0] + self._absent[1] + self._absent[2])
        scores[:, self._others] = IMPOSSIBLE
        scores[np.ix_(final | spaces, self._begins)] = IMPOSSIBLE
        scores[np.ix_(spaces, self._units)] = IMPOSSIBLE
        return scores.argmax(axis=1)

    def _ends(self, features: Floats, opened: Numbers, actions: Numbers, final: Flags) -> list[int]:
        """The last token of the entity that begins at each of `opened`."""
        ends = opened.copy()
        going = np.arange(len(opened))
        while len(going):
            ends[going] += 1
            at, start = ends[going], opened[going]
            scores = self._scores(features[at, 0] + features[start, 1] + features[at - 1, 2])
            action, row = actions[start], np.arange(len(going))
            inside, last = self._inside[action], self._last[action]
            a, b = scores[row, inside], scores[row, last]
            goes_on = ~final[at] & ((a > b) | ((a == b) & (inside < last)))
            going = going[goes_on]
        found: list[int] = ends.tolist()
        return found
