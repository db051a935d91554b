"""Rank candidate claims: a small linear model says how likely the words support each.

The model is a table of weights, ``rules/ranker.tsv``: one row for each relation and feature, so that any
score can be taken apart by hand. It is trained by :mod:`diplograph.extract.training` from labelled
documents. Without the table the rules' own confidence counts, and pairs that no rule proposes are dropped.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from diplograph.extract.candidates import BY_FEATURES, Candidate
from diplograph.extract.pairs import STANDINGS, SURE, Pair, Standing, pair_up, standing
from diplograph.extract.scene import Scene
from diplograph.extract.united import judge_together
from diplograph.ontology.vocabulary import read_cells
from numpy.typing import NDArray

__all__ = ["Ranked", "Ranker", "load_ranker"]

# More digits of a probability mean nothing, and would not survive every number format.
CONFIDENCE_DIGITS = 4

# Weights are summed as whole numbers of this unit: the sum is the same in any order.
_UNIT = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A candidate with its probability, and whether that reaches the relation's threshold."""

    candidate: Candidate
    probability: float
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The weights as a matrix: a row for each feature, a column for each relation, and a row of zeros."""

    rows: Mapping[str, int]
    columns: Mapping[str, int]
    units: NDArray[np.int32]

    def sums(self, pairs: Sequence[Pair]) -> NDArray[np.float64]:
        """Give for each pair of one sentence the sum of its weights in each column."""
        rows, zero = self.rows, len(self.rows)
        at: list[int] = [zero]
        at += [rows[f] for f in pairs[0].shared if f in rows]
        starts = [0]
        for pair in pairs:
            starts.append(len(at))
            at.append(zero)  # that no sum is empty
            at += [rows[f] for f in pair.own if f in rows]
        sums = np.add.reduceat(self.units.take(at, axis=0), starts)
        told: NDArray[np.float64] = (sums[1:] + sums[0]) * _UNIT
        return told


@dataclass(frozen=True, kw_only=True)
class Ranker:
    """Callable on a scene and its candidates; weights and thresholds fixed.

    ``weights`` maps a feature to (relation, weight) pairs; ``thresholds`` maps a relation to the
    probabilities from which a claim is kept, by its standing with the rules; ``scale`` to slope and
    intercept of its calibration.
    """

    weights: Mapping[str, tuple[tuple[str, float], ...]]
    thresholds: Mapping[str, Mapping[Standing, float]]
    scale: Mapping[str, tuple[float, float]]

    def __call__(
        self, scene: Scene, candidates: Sequence[Candidate], *, together: bool = True
    ) -> Iterator[Ranked]:
        """Yield every candidate of the rules and every likely pair beside them, in a fixed order.

        Args:
            scene: The sentence.
            candidates: What the rules propose for it.
            together: Whether the scores of those who stand in one list, or whom one "we" means, go up together.
        """
        pairs = list(pair_up(scene, candidates))
        if not pairs:
            return
        columns = self._table.columns
        sums = self._table.sums(pairs)
        if together:
            judge_together(scene, pairs, sums, columns, self.scale)
        bars = np.array([self._hopeless_of(pair.relations) for pair in pairs])
        hopeful: list[bool] = np.any(sums >= bars, axis=1).tolist()
        for at, (pair, likely) in enumerate(zip(pairs, hopeful, strict=True)):
            if not likely and not pair.proposals:
                continue
            scores = sums[at].tolist()
            for relation in pair.relations:
                proposed = pair.proposals.get(relation, ())
                thresholds = self.thresholds.get(relation)
                if thresholds is None:
                    for c in _best(proposed):
                        yield Ranked(candidate=c, probability=c.confidence, accepted=c.confidence >= SURE)
                    continue
                raw = scores[columns[relation]]
                if not proposed and raw < self._hopeless[relation]:
                    continue
                slope, intercept = self.scale.get(relation, (1.0, 0.0))
                odds = max(-30.0, min(30.0, slope * raw + intercept))
                probability = round(1.0 / (1.0 + math.exp(-odds)), CONFIDENCE_DIGITS)
                accepted = probability >= thresholds[standing(proposed)]
                if proposed:
                    for c in _best(proposed):
                        yield Ranked(
                            candidate=replace(c, confidence=probability),
                            probability=probability,
                            accepted=accepted,
                        )
                elif accepted:
                    yield Ranked(
                        candidate=Candidate(
                            predicate=relation,
                            head=pair.head,
                            tail=pair.tail,
                            rule=BY_FEATURES,
                            cue=_cue(scene, pair),
                            confidence=probability,
                            roles=("pair", "pair"),
                        ),
                        probability=probability,
                        accepted=True,
                    )

    def scores(self, pair: Pair) -> dict[str, float]:
        """Sum the weights of a pair's features for each relation of the ranker."""
        (sums,) = self._table.sums([pair]).tolist()
        return {relation: sums[column] for relation, column in self._table.columns.items()}

    @cached_property
    def _table(self) -> _Table:
        relations = sorted(
            self.thresholds.keys() | {relation for rows in self.weights.values() for relation, _ in rows}
        )
        columns = {relation: column for column, relation in enumerate(relations)}
        units = np.zeros((len(self.weights) + 1, len(relations)), dtype=np.int32)
        for at, rows in enumerate(self.weights.values()):
            for relation, weight in rows:
                units[at, columns[relation]] = round(weight / _UNIT)
        return _Table(rows={f: at for at, f in enumerate(self.weights)}, columns=columns, units=units)

    def _hopeless_of(self, relations: tuple[str, ...]) -> NDArray[np.float64]:
        """Give for each column the score below which no pair can be a claim that may stand in some relations."""
        known = self._hopeless_by_relations.get(relations)
        if known is None:
            known = np.full(len(self._table.columns), math.inf)
            for relation in relations:
                if relation in self._hopeless:
                    known[self._table.columns[relation]] = self._hopeless[relation]
            self._hopeless_by_relations[relations] = known
        return known

    @cached_property
    def _hopeless_by_relations(self) -> dict[tuple[str, ...], NDArray[np.float64]]:
        """What is known already; of classes, and so of what they can stand in, there are few."""
        return {}

    @cached_property
    def _hopeless(self) -> Mapping[str, float]:
        """For each relation the score below which no pair that no rule proposes can be a claim."""
        scores: dict[str, float] = {}
        for relation, thresholds in self.thresholds.items():
            slope, intercept = self.scale.get(relation, (1.0, 0.0))
            least = thresholds["pair"] - 10**-CONFIDENCE_DIGITS  # probabilities are rounded
            if slope <= 0 or least <= 0:
                scores[relation] = -math.inf
            elif least >= 1:
                scores[relation] = math.inf
            else:
                scores[relation] = (math.log(least / (1 - least)) - intercept) / slope
        return scores


def _best(proposed: Sequence[Candidate]) -> Sequence[Candidate]:
    """Put the proposals of one claim in order, the surest rule first; each may know another date."""
    return sorted(proposed, key=lambda c: (-c.confidence, c.rule, c.qualifiers, c.cue))


def _cue(scene: Scene, pair: Pair) -> int:
    """Give the token that joins a pair in the tree: the verb above the later of the two."""
    parsed = scene.parsed
    token = pair.tail.token if pair.tail.token >= 0 else pair.head.token
    for above in parsed.path_up(token):
        if parsed.tags[above].startswith("VB"):
            return above
    return token


@lru_cache(maxsize=2)
def load_ranker(folder: Path) -> Ranker | None:
    """Read ``ranker.tsv``; None where there is no such file.

    Rows: relation (empty where it is that of the row above), feature, weight; the features ``!sure``, ``!unsure``, ``!pair`` set the thresholds,
    ``!slope`` and ``!intercept`` the calibration.
    """
    path = folder / "ranker.tsv"
    if not path.exists():
        return None
    weights: dict[str, list[tuple[str, float]]] = {}
    settings: dict[str, dict[str, float]] = {}
    rows = read_cells(path)
    next(rows)
    relation = ""
    for named, feature, told in rows:
        relation = named or relation
        weight = float(told)
        if feature[0] == "!":
            settings.setdefault(relation, {})[feature[1:]] = weight
        elif feature in weights:
            weights[feature].append((relation, weight))
        else:
            weights[feature] = [(relation, weight)]
    return Ranker(
        weights={feature: tuple(sorted(rows)) for feature, rows in sorted(weights.items())},
        thresholds={r: {name: values[name] for name in STANDINGS} for r, values in settings.items()},
        scale={r: (values["slope"], values["intercept"]) for r, values in settings.items()},
    )
