"""The layers of the spaCy model as plain numpy: word vectors, tagger, and the scores of the parser's moves.

The same weights and the same sums as in spaCy, without what its layers do for training. What is a sum over a
whole batch here is one there too, so that a parse is the same but for the last digits of the numbers it rests on.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["MoveScores", "Tagger", "WordVectors"]

Floats = NDArray[np.float32]

# Rows that are worked on at once: few enough for the cache of a core, enough for its matrix product.
_CHUNK = 512


class _Window:
    """One layer of the word vectors: each token sees its neighbours (window, maxout, norm, residual)."""

    def __init__(self, maxout: Any, norm: Any) -> None:
        """Take the weights of thinc's layers; the pieces of maxout are put one behind the other."""
        weights = maxout.get_param("W")  # outputs, pieces, inputs
        self._size, self._pieces, inputs = weights.shape
        self.weights = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, inputs).T)
        self._bias = np.ascontiguousarray(maxout.get_param("b").T).ravel()
        self._gain, self._shift = norm.get_param("G"), norm.get_param("b")

    def __call__(self, rows: Floats, seen: Floats) -> None:
        """Change rows in place; ``seen`` is a row wider on either side, to hold each with its neighbours."""
        size = self._size
        seen[1:, :size] = rows[:-1]
        seen[:, size : 2 * size] = rows
        seen[:-1, 2 * size :] = rows[1:]
        for begin in range(0, len(rows), _CHUNK):
            some = slice(begin, begin + _CHUNK)
            self.add(rows[some], np.dot(seen[some], self.weights))

    def add(self, rows: Floats, pieces: Floats) -> None:
        """Add to rows, in place, what their products with the weights come to; these are used up."""
        size = self._size
        pieces += self._bias
        best = pieces[:, :size]
        for piece in range(1, self._pieces):
            best = np.maximum(best, pieces[:, piece * size : (piece + 1) * size])
        best -= np.add.reduce(best, axis=1, keepdims=True) / np.float32(size)
        variance = np.einsum("ij,ij->i", best, best) / np.float32(size) + np.float32(1e-08)
        best *= (1 / np.sqrt(variance))[:, None]
        best *= self._gain
        best += self._shift
        rows += best


class WordVectors:
    """Callable from the embedded tokens of each sentence to vectors that know the words around."""

    def __init__(self, encoder: Any) -> None:
        """Take spaCy's MaxoutWindowEncoder."""
        self._padding: int = encoder.attrs["pad"]
        self._layers = []
        for residual in encoder.layers[0].layers:
            nodes = {node.name: node for node in residual.walk()}
            if nodes["expand_window"].attrs["window_size"] != 1:
                raise ValueError("the model looks further than to the next word")
            self._layers.append(_Window(nodes["maxout"], nodes["layernorm"]))
        first = self._layers[0].weights
        self._size = len(first) // 3
        # What the first layer makes of a token as the one before, the one itself, and the one behind: the same for
        # every token of a form.
        self._products = np.ascontiguousarray(np.concatenate(np.split(first, 3), axis=1))

    def __call__(self, vectors: Floats, forms: NDArray[np.intp], lengths: Sequence[int]) -> Floats:
        """Give the vectors of the tokens of sentences of some lengths, one behind the other.

        Args:
            vectors: The embedding of each form.
            forms: The form of each token.
            lengths: The number of tokens of each sentence.
        """
        padding = self._padding
        places = np.arange(len(forms)) + np.repeat(np.arange(1, len(lengths) + 1) * padding, lengths)
        padded = np.full(len(forms) + (len(lengths) + 1) * padding, len(vectors))  # the last row: no form
        padded[places] = forms
        rows = _with_zeros(vectors).take(padded, axis=0)
        before, itself, behind = np.split(_with_zeros(np.dot(vectors, self._products)), 3, axis=1)
        pieces = itself.take(padded, axis=0)
        pieces[1:] += before.take(padded[:-1], axis=0)
        pieces[:-1] += behind.take(padded[1:], axis=0)
        first, *others = self._layers
        for begin in range(0, len(rows), _CHUNK):
            some = slice(begin, begin + _CHUNK)
            first.add(rows[some], pieces[some])
        seen = np.zeros((len(rows), 3 * self._size), dtype=np.float32)
        for layer in others:
            layer(rows, seen)
        chosen: Floats = rows[places]
        return chosen


def _with_zeros(rows: Floats) -> Floats:
    """Give the rows with one of zeros behind them."""
    return np.concatenate([rows, np.zeros((1, rows.shape[1]), dtype=np.float32)])


class Tagger:
    """Callable from vectors to the number of each token's tag."""

    def __init__(self, softmax: Any) -> None:
        """Take the one layer of the tagger."""
        self._weights, self._bias = softmax.get_param("W").T, softmax.get_param("b")

    def __call__(self, vectors: Floats) -> list[int]:
        """Give the likeliest tag of each token."""
        tags: list[int] = (np.dot(vectors, self._weights) + self._bias).argmax(axis=1).tolist()
        return tags


class MoveScores:
    """The network that scores the next move of a parser's state by the tokens that the state looks at."""

    def __init__(self, model: Any) -> None:
        """Take spaCy's TransitionModel."""
        listener = {node.name: node for node in model.get_ref("tok2vec").walk()}
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        self._inputs, self._inputs_bias = (
            listener["linear"].get_param("W").T,
            listener["linear"].get_param("b"),
        )
        weights = lower.get_param("W")  # features, outputs, pieces, inputs
        self.features, self._size, self._pieces, inputs = weights.shape
        ordered = np.ascontiguousarray(weights.transpose(0, 2, 1, 3))
        self._lower = ordered.reshape(-1, inputs).T
        self._padding = lower.get_param("pad")[0].transpose(0, 2, 1).ravel()
        self._lower_bias = np.ascontiguousarray(lower.get_param("b").T).ravel()
        self._upper, self._upper_bias = np.ascontiguousarray(upper.get_param("W").T), upper.get_param("b")
        self._offsets = np.arange(self.features, 2 * self.features)

    def table(self, vectors: Floats) -> Floats:
        """Give what each token adds to a state, a row for each feature that it can be; first those of no token."""
        summed = np.empty((len(vectors) + 1, len(self._padding)), dtype=np.float32)
        summed[0] = self._padding
        np.dot(np.dot(vectors, self._inputs) + self._inputs_bias, self._lower, out=summed[1:])
        return summed.reshape(len(summed) * self.features, -1)

    def __call__(self, table: Floats, tokens: NDArray[np.int32]) -> Floats:
        """Score each state's moves; ``tokens`` are those it looks at, a row a state, -1 for none."""
        places = tokens * self.features + self._offsets
        looked = table.take(places.ravel(), axis=0).reshape(len(tokens), self.features, -1)
        pieces = np.add.reduce(looked, axis=1)
        pieces += self._lower_bias
        size = self._size
        best = pieces[:, :size]
        for piece in range(1, self._pieces):
            best = np.maximum(best, pieces[:, piece * size : (piece + 1) * size])
        scores: Floats = np.dot(best, self._upper)
        scores += self._upper_bias
        return scores
