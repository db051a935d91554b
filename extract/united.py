"""Let those who act together be judged together: a list of names, or those a "we" stands for.

"Ministers from Belgium, Canada and Georgia called on X": the words say of each what they say of all, but the features
of one (who it is, how the parser hung it) may lower its score alone. So a member's score is raised towards those of
its fellows, never lowered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from diplograph.extract.listing import lists_of
from diplograph.extract.pairs import Pair
from diplograph.extract.scene import Scene
from diplograph.ontology.model import SYMMETRIC_RELATIONS
from numpy.typing import NDArray

__all__ = ["judge_together"]

# Relations that hold for each of a list, and how far a member's score goes from their mean (0) to their best (1).
_SHARED: Final[Mapping[str, float]] = MappingProxyType(
    {
        "supports": 0.5,
        "criticizes": 0.5,
        "cooperatesWith": 0.5,
        "participatesIn": 0.0,
        "memberOf": 0.0,
        "partyTo": 0.0,
        "providesAssistanceTo": 0.0,
        "deploysTo": 0.0,
        "establishes": 0.0,
        "chairs": 0.0,
        "hosts": 0.0,
        "hasDiplomaticRelationsWith": 0.0,
        "visits": 0.0,
        "adopts": 0.0,
    }
)
# What "we" or "they" stands for takes one stand; what they do, the sentence mostly tells of each.
_STANDS: Final = frozenset({"supports", "criticizes"})
# A score with these odds to the relation's even ones is that of somebody who has no part in it.
_NO_PART: Final = -6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    members: frozenset[str]
    relations: frozenset[str]


def judge_together(
    scene: Scene,
    pairs: Sequence[Pair],
    sums: NDArray[np.float64],
    columns: Mapping[str, int],
    scale: Mapping[str, tuple[float, float]],
) -> None:
    """Raise, in place, the scores of those who stand together towards each other's.

    Args:
        scene: The sentence.
        pairs: Its pairs of participants.
        sums: A row of scores for each pair.
        columns: Which column is whose relation's.
        scale: Slope and intercept that turn a relation's score into log odds.
    """
    groups = _groups(scene)
    if not groups:
        return
    told: dict[tuple[int, str, str, str], list[int]] = {}
    for at, pair in enumerate(pairs):
        for number, group in enumerate(groups):
            for one, other in ((pair.head, pair.tail), (pair.tail, pair.head)):
                if one.entity not in group.members:
                    continue
                for relation in pair.relations:
                    if relation in group.relations and (one is pair.head or relation in SYMMETRIC_RELATIONS):
                        key = number, relation, one.cls, other.entity
                        told.setdefault(key, []).append(at)
    before = sums.copy()
    for (_, relation, _, _), rows in told.items():
        if len(rows) == 1 or relation not in columns:
            continue
        column = columns[relation]
        slope, intercept = scale.get(relation, (1.0, 0.0))
        odds = slope * before[rows, column] + intercept
        sharing = [row for row, one in zip(rows, odds.tolist(), strict=True) if one > _NO_PART]
        if slope <= 0 or len(sharing) < 2:
            continue
        scores = before[sharing, column]
        share = _SHARED[relation]
        level = share * scores.max() + (1.0 - share) * scores.mean()
        sums[sharing, column] = np.maximum(sums[sharing, column], level)


def _groups(scene: Scene) -> list[_Group]:
    found = [
        _Group(members=frozenset({p.entity for p in many}), relations=_STANDS)
        for _, many in sorted(scene.anaphors.items())
        if len(many) > 1
    ]
    every = frozenset(_SHARED)
    for members in _listed(scene):
        if len(members) > 1:
            found.append(_Group(members=members, relations=every))
    return found


def _listed(scene: Scene) -> list[frozenset[str]]:
    """Give who stands together in each list of the sentence."""
    lists: dict[tuple[int, int], set[str]] = {}
    for token, span in lists_of(scene.parsed).items():
        if (p := scene.named(token)) is not None:
            lists.setdefault(span, set()).add(p.entity)
    return [frozenset(members) for members in lists.values()]
