"""Train the ranker from labelled documents: ``python -m diplograph.extract.training GOLD_FOLDER``.

One logistic regression for each relation over the features of :mod:`diplograph.extract.pairs`, with the
thresholds and the calibration taken from folds of whole documents, so that no score is judged on a
document it was fitted to. Deterministic: no random number is drawn.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.extract.gold import GoldDocument, align, read_ann, relation_key
from diplograph.extract.gold_standoff import read_standoff
from diplograph.extract.pairs import STANDINGS, Standing, pair_up, standing
from diplograph.extract.records import Entity
from diplograph.ontology.model import RELATIONS
from numpy.typing import NDArray

__all__ = ["Example", "examples_of", "train"]

FOLDS = 5
# Strength of the L2 penalty; weaker ones fit sentences instead of regularities.
PENALTY = 8.0
# Words that merely stand in the sentence count less: what they say is rarely of this pair.
LESS = "says="
LESS_WEIGHT = 0.3
# A feature must occur in so many documents: what only one document has does not generalise.
MIN_DOCUMENTS = 2
# The folder of labelled texts written by ourselves, beside labels apart from their text.
OWN_TEXTS = "own"
# Relations with fewer right examples keep the confidence of their rules.
MIN_POSITIVE = 8
# Documents labelled by several readers weigh so much more than those that one reader labelled in one pass.
GOLD_WEIGHT = 2.0
# Candidates that rules are unsure of, and pairs that no rule proposes, are claims only from the probability
# at which this share of held-out ones was right.
UNSURE_PRECISION = 0.35
PAIR_PRECISION = 0.35
LEAST_KEPT = 5
# What is likelier wrong than these is no claim, whatever proposes it: on documents that the ranker has not seen F1 is
# nearly the same from 0.2 to 0.5, and precision rises with each step. Of some relations more is asked: of claims
# drawn at random from speeches and judged, most that their sentences did not bear were doubtful ones of these; and who
# ratifies a text and who is helped by it stand side by side. Who visits, chairs, hosts, founds or recognizes is
# told by few words, which rules read: of pairs that the features alone proposed in texts of other publishers, one in five
# was right below these.
LEAST_LIKELY: Mapping[Standing, float] = {"sure": 0.35, "unsure": 0.4, "pair": 0.5}
LEAST_LIKELY_OF: Mapping[str, Mapping[Standing, float]] = {
    "addresses": {"sure": 0.45, "unsure": 0.5, "pair": 0.55},
    "chairs": {"sure": 0.35, "unsure": 0.4, "pair": 0.7},
    "establishes": {"sure": 0.35, "unsure": 0.4, "pair": 0.6},
    "hosts": {"sure": 0.35, "unsure": 0.4, "pair": 0.65},
    "partyTo": {"sure": 0.35, "unsure": 0.4, "pair": 0.6},
    "recognizes": {"sure": 0.35, "unsure": 0.4, "pair": 0.7},
    "supports": {"sure": 0.4, "unsure": 0.45, "pair": 0.5},
    "visits": {"sure": 0.35, "unsure": 0.4, "pair": 0.7},
}
# Of fewer labelled claims the calibration knows too little to leave out what a rule is sure of.
FEW_LABELLED = 100
# Weights smaller than this change no decision and are left out of the table.
SMALLEST = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A pair for one relation: the document's number, what identifies the claim, features, right or not.

    ``right`` is None where the document states the claim elsewhere: neither right nor wrong here.
    ``standing`` tells how sure the rules are of it, ``weight`` how much its document counts.
    """

    document: int
    relation: str
    key: tuple[str, str, str]
    features: tuple[str, ...]
    right: bool | None
    standing: Standing
    weight: float = 1.0


def examples_of(extractor: Extractor, gold: GoldDocument, number: int, weight: float = 1.0) -> list[Example]:
    """Pair up the participants of every sentence of a labelled document and say which pairs are right."""
    document = gold.document
    named = extractor.names(document)
    rows = list(extractor.relations.read_scenes(document, named))
    entities: dict[str, Entity] = {e.id: e for e in named.entities}
    for _, scene, _ in rows:
        entities.update(scene.entities)
    pairs = [(sentence, list(pair_up(scene, candidates))) for sentence, scene, candidates in rows]
    used = sorted(
        {m.entity for m in named.mentions}
        | {p.entity for _, ps in pairs for q in ps for p in (q.head, q.tail)}
    )
    known = {key: entities.get(key) or extractor.listed(key) for key in used}
    same = align(gold, named.mentions, known, used)
    there = {relation_key(r.predicate, r.head, r.tail) for r in gold.relations}
    by_sentence: dict[int, set[tuple[str, str, str]]] = {}
    for r in gold.relations:
        by_sentence.setdefault(r.sentence, set()).add(relation_key(r.predicate, r.head, r.tail))
    place = {s.span.start: i for i, s in enumerate(document.sentences)}
    found: list[Example] = []
    for sentence, ps in pairs:
        here = by_sentence.get(place[sentence.span.start], set())
        for pair in ps:
            head = same.get(pair.head.entity, "?" + pair.head.entity)
            tail = same.get(pair.tail.entity, "?" + pair.tail.entity)
            for relation in pair.relations:
                key = relation_key(relation, head, tail)
                right = True if key in here else None if key in there else False
                found.append(
                    Example(
                        document=number, relation=relation, key=key, features=pair.features, right=right,
                        standing=standing(pair.proposals.get(relation, ())), weight=weight,
                    )
                )  # fmt: skip
    return found


def _fit(
    rows: Sequence[Sequence[int]],
    labels: NDArray[np.float64],
    counts: NDArray[np.float64],
    values: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Fit a logistic regression with an L2 penalty on rows of feature indexes; the weights, one a feature.

    Each row counts as often as ``counts`` says; a feature that is there has its value of ``values``, and its
    weight is given times that value.
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    indices = np.fromiter((i for row in rows for i in row), dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum([len(row) for row in rows])))
    matrix = csr_matrix((values[indices], indices, starts), shape=(len(rows), len(values)))
    signs = 2.0 * labels - 1.0

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = signs * (matrix @ weights)
        value = float((counts * np.logaddexp(0.0, -margin)).sum() + 0.5 * PENALTY * weights @ weights)
        slope = -counts * signs / (1.0 + np.exp(np.clip(margin, -50, 50)))
        return value, np.asarray(matrix.T @ slope + PENALTY * weights)

    result = minimize(loss, np.zeros(len(values)), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return np.asarray(result.x * values)


def _vocabulary(examples: Iterable[Example]) -> dict[str, int]:
    seen: dict[str, set[int]] = {}
    for e in examples:
        for f in e.features:
            seen.setdefault(f, set()).add(e.document)
    return {f: i for i, f in enumerate(sorted(f for f, d in seen.items() if len(d) >= MIN_DOCUMENTS))}


def _model(examples: Sequence[Example]) -> tuple[dict[str, int], NDArray[np.float64]]:
    index = _vocabulary(examples)
    rows = [sorted({index[f] for f in e.features if f in index}) for e in examples]
    labels = np.array([float(bool(e.right)) for e in examples])
    values = np.array([LESS_WEIGHT if f.startswith(LESS) else 1.0 for f in index])
    return index, _fit(rows, labels, np.array([e.weight for e in examples]), values)


def _score(example: Example, index: Mapping[str, int], weights: NDArray[np.float64]) -> float:
    return float(sum(weights[index[f]] for f in dict.fromkeys(example.features) if f in index))


def _held_out(examples: Sequence[Example], documents: int) -> list[float]:
    """Score each example by a model that has not seen its document."""
    scores = [0.0] * len(examples)
    for fold in range(min(FOLDS, documents)):
        seen = [e for e in examples if e.document % FOLDS != fold and e.right is not None]
        if not any(e.right for e in seen):
            continue
        index, weights = _model(seen)
        for i, e in enumerate(examples):
            if e.document % FOLDS == fold:
                scores[i] = _score(e, index, weights)
    return scores


def _calibrate(scores: Sequence[float], labels: Sequence[bool]) -> tuple[float, float]:
    """Fit slope and intercept that turn held-out scores into probabilities (Platt 1999)."""
    from scipy.optimize import minimize

    s, y = np.array(scores), np.array(labels, dtype=float)

    def loss(p: NDArray[np.float64]) -> float:
        z = p[0] * s + p[1]
        return float(np.logaddexp(0.0, -(2 * y - 1) * z).sum() + 0.05 * ((p[0] - 1) ** 2 + p[1] ** 2))

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead")
    return max(0.05, float(found.x[0])), float(found.x[1])


Key = tuple[int, tuple[str, str, str]]


def _best_by_key(
    examples: Sequence[Example], scores: Sequence[float], slope: float, intercept: float
) -> dict[Standing, dict[Key, float]]:
    """Give for each claim of each document its best probability, among its examples of the highest standing."""
    best: dict[Key, tuple[int, float]] = {}
    for score, e in zip(scores, examples, strict=True):
        p = 1.0 / (1.0 + float(np.exp(-np.clip(slope * score + intercept, -30, 30))))
        key = (e.document, e.key)
        best[key] = max(best.get(key, (-9, 0.0)), (-STANDINGS.index(e.standing), p))
    found: dict[Standing, dict[Key, float]] = {name: {} for name in STANDINGS}
    for key, (rank, p) in best.items():
        found[STANDINGS[-rank]][key] = p
    return found


def _threshold(
    best: Mapping[Key, float], right: set[Key], weights: Sequence[float], *, precision: float, least: float
) -> float:
    """Give the lowest probability, ``least`` or more, from which held-out claims reach a precision; above 1 if none.

    A few lucky hits are no proof: at least :data:`LEAST_KEPT` claims must stand above it.
    """
    ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    hits, kept, chosen = 0.0, 0.0, 2.0
    for n, (key, probability) in enumerate(ranked, 1):
        kept += weights[key[0]]
        hits += weights[key[0]] * (key in right)
        if n >= LEAST_KEPT and hits >= precision * kept:
            chosen = probability
    return max(least, chosen - 1e-6)


def train(
    gold_folder: Path, target: Path, *, labels: Path | None = None, corpus: Path | None = None
) -> Mapping[str, tuple[int, int, int]]:
    """Train on every ``*.ann`` of a folder, and on our labels with and apart from their text, and write the weights.

    Returns:
        For each relation the numbers of right, kept and labelled claims on held-out documents.
    """
    extractor = load_extractor(ranked=False)
    golds = [read_ann(path) for path in sorted(gold_folder.glob("*.ann"))]
    counted = [GOLD_WEIGHT] * len(golds)
    if labels is not None and corpus is not None:
        golds += read_standoff(labels, corpus)
        golds += [read_ann(path) for path in sorted(labels.glob(f"{OWN_TEXTS}/*.ann"))]
    counted += [1.0] * (len(golds) - len(counted))
    examples = [e for n, gold in enumerate(golds) for e in examples_of(extractor, gold, n, counted[n])]
    labelled = {
        (n, relation_key(r.predicate, r.head, r.tail)) for n, gold in enumerate(golds) for r in gold.relations
    }
    lines: list[str] = []
    outcome: dict[str, tuple[int, int, int]] = {}
    for relation in RELATIONS:
        mine = [e for e in examples if e.relation == relation]
        right = {x for x in labelled if x[1][0] == relation}
        if sum(bool(e.right) for e in mine) < MIN_POSITIVE:
            continue
        scores = _held_out(mine, len(golds))
        sure = [(s, bool(e.right)) for s, e in zip(scores, mine, strict=True) if e.right is not None]
        slope, intercept = _calibrate([s for s, _ in sure], [y for _, y in sure])
        best = _best_by_key(mine, scores, slope, intercept)
        least = LEAST_LIKELY_OF.get(relation, LEAST_LIKELY)
        thresholds = {
            "sure": least["sure"] if len(right) >= FEW_LABELLED else 0.0,
            "unsure": _threshold(
                best["unsure"], right, counted, precision=UNSURE_PRECISION, least=least["unsure"]
            ),
            "pair": _threshold(best["pair"], right, counted, precision=PAIR_PRECISION, least=least["pair"]),
        }
        kept = {k for name in STANDINGS for k, p in best[name].items() if p >= thresholds[name]}
        outcome[relation] = (len(kept & right), len(kept), len(right))
        index, weights = _model([e for e in mine if e.right is not None])
        lines.append(f"{relation}\t!slope\t{slope:.4f}\n\t!intercept\t{intercept:.4f}\n")
        lines += [f"\t!{name}\t{value:.4f}\n" for name, value in thresholds.items()]
        lines += [
            f"\t{f}\t{weights[i]:.3f}\n"
            for f, i in index.items()
            if abs(round(float(weights[i]), 3)) >= SMALLEST
        ]
    head = (
        "# Weights of the ranker; written by `python -m diplograph.extract.training`, not by hand.\n"
        "# A row without a relation is of the one above it.\n"
    )
    target.write_text(head + "relation\tfeature\tweight\n" + "".join(lines), encoding="utf-8", newline="\n")
    return outcome


def main(arguments: Sequence[str]) -> int:
    """Train from what the command line names and print what held-out documents gave."""
    parser = argparse.ArgumentParser(prog="python -m diplograph.extract.training", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder of *.ann files")
    parser.add_argument("target", type=Path, nargs="?", default=rules_folder() / "ranker.tsv")
    parser.add_argument("--labels", type=Path, help="folder of our labels (tests/labels)")
    parser.add_argument("--corpus", type=Path, help="the corpus that these labels speak of")
    options = parser.parse_args(arguments)
    outcome = train(options.gold, options.target, labels=options.labels, corpus=options.corpus)
    total: Counter[str] = Counter()
    for relation, (hits, kept, labelled) in outcome.items():
        total.update(hits=hits, kept=kept, labelled=labelled)
        print(f"{relation:28s} right {hits:4d} of {kept:4d} kept; labelled {labelled:4d}")
    print(f"{'all':28s} right {total['hits']:4d} of {total['kept']:4d} kept; labelled {total['labelled']:4d}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
