"""What happened when: series, first and last seen, the life of an agreement, ties that come and go."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from diplograph.extract.records import Claim
from diplograph.graph.dates import Period, claim_period
from diplograph.graph.knowledge import InconsistentGraph, KnowledgeGraph
from diplograph.graph.lookup import resolve, select
from diplograph.graph.relations import relations_of, stages

__all__ = [
    "LifeCycle",
    "Milestone",
    "Seen",
    "Turnover",
    "life_cycle",
    "seen",
    "series",
    "turnover",
]


def series(
    kg: KnowledgeGraph,
    *,
    by: Literal["year", "month"] = "year",
    entity: str = "",
    pair: tuple[str, str] | None = None,
    relation: str = "",
    issue: str = "",
    own_dates: bool = False,
) -> Mapping[str, int]:
    """Count asserted claims by year ("2016") or month ("2016-11"), in order, empty ones between included.

    A claim that spans several counts once, where it begins; by month, claims whose date is not known to the
    month are left out. ``entity``, ``pair``, ``relation`` and ``issue`` choose the claims as
    :func:`~diplograph.graph.lookup.select` does. With ``own_dates``, only claims count that they or their
    event date, not those known only by the year that their document reports on.

    Raises:
        UnknownEntity: If a name means nothing in the graph.
        ValueError: If ``by`` or the relation does not exist.
    """
    if by not in ("year", "month"):
        msg = f"{by!r} is no unit of time; choose year or month"
        raise ValueError(msg)
    counts: dict[int, int] = {}
    for claim in select(kg, entity=entity, pair=pair, relation=relation, issue=issue, modality="asserted"):
        period = claim_period(kg, claim)
        if period is None or (own_dates and period.basis == "document"):
            continue
        if by == "year":
            slot = period.first.year
        elif (period.last - period.first).days <= 31 and period.first.month == period.last.month:
            slot = period.first.year * 12 + period.first.month - 1
        else:
            continue
        counts[slot] = counts.get(slot, 0) + 1
    if not counts:
        return MappingProxyType({})
    name = str if by == "year" else lambda slot: f"{slot // 12:04d}-{slot % 12 + 1:02d}"
    slots = range(min(counts), max(counts) + 1)
    return MappingProxyType({name(slot): counts.get(slot, 0) for slot in slots})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """When an entity is first and last told of; ``claims`` counts its dated claims."""

    entity: str
    first: str
    last: str
    claims: int


def seen(kg: KnowledgeGraph) -> tuple[Seen, ...]:
    """Give the days (ISO) of each entity's earliest and latest dated claim, sorted by last, latest first."""
    found: dict[str, list[Period]] = {}
    for claim in kg.claims:
        period = claim_period(kg, claim)
        if period is not None:
            for end in dict.fromkeys((claim.subject, claim.object)):
                found.setdefault(end, []).append(period)
    rows = [
        Seen(
            entity=key,
            first=min(period.first for period in periods).isoformat(),
            last=max(period.last for period in periods).isoformat(),
            claims=len(periods),
        )
        for key, periods in sorted(found.items())
    ]
    return tuple(sorted(rows, key=lambda row: row.last, reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A step in the life of an agreement: who reached which stage when, by which claim.

    ``status`` is that of the claim, empty where the text gives none, ``stage`` its name in ``stages.tsv`` or
    the relation that tells of the agreement (adopts, establishes, supports ...).
    """

    period: Period | None
    stage: str
    status: str
    party: str
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeCycle:
    """All that is told of an agreement, in the order of time; undated milestones stand last.

    ``stage`` is the furthest that any party reached, empty if none is told; ``parties`` are sorted ids.
    """

    agreement: str
    milestones: tuple[Milestone, ...]
    parties: tuple[str, ...]
    stage: str


def life_cycle(kg: KnowledgeGraph, agreement: str) -> LifeCycle:
    """Tell the life of an agreement: negotiating, signed, ratified, in force, ended, and who did what when.

    Claims of all modalities but denied are told; only asserted ones count for the stage reached.

    Raises:
        UnknownEntity: If the name means nothing in the graph.
        InconsistentGraph: If it is no Agreement or Policy.
    """
    key = resolve(kg, agreement)
    if kg.entities[key].cls not in ("Agreement", "Policy"):
        problem = f"is of class {kg.entities[key].cls}"
        raise InconsistentGraph(key, problem, "name an Agreement or a Policy")
    ranks = stages()
    told = set(relations_of("partyTo", "adopts", "establishes", "supports", "hosts"))
    milestones = []
    for claim in kg.claims_of(key):
        if claim.object == key and claim.predicate in told and claim.modality != "denied":
            status = claim.qualifiers.status
            stage = ranks[status].name if status in ranks else claim.predicate
            milestones.append(
                Milestone(
                    period=claim_period(kg, claim),
                    stage=stage,
                    status=status,
                    party=claim.subject,
                    claim=claim,
                )
            )
    milestones.sort(key=_milestone_order)
    reached = [
        ranks[step.status]
        for step in milestones
        if step.claim.modality == "asserted" and step.claim.predicate == "partyTo" and step.status in ranks
    ]
    return LifeCycle(
        agreement=key,
        milestones=tuple(milestones),
        parties=tuple(sorted({m.party for m in milestones if m.claim.predicate == "partyTo"})),
        stage=max(reached, key=lambda stage: stage.rank).name if reached else "",
    )


def _milestone_order(step: Milestone) -> tuple[bool, str, str, int, str, str]:
    rank = stages()[step.status].rank if step.status in stages() else 0
    first, last = (step.period.first.isoformat(), step.period.last.isoformat()) if step.period else ("", "")
    return (step.period is None, first, last, rank, step.party, step.claim.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """How the ties between states change in a year.

    ``active`` counts the pairs of states with a claim dated in the year; ``appeared`` those of them that no
    earlier year has, ``vanished`` those that no later year has. In the first year all have appeared, in the
    last all have vanished: read the numbers between.
    """

    year: int
    active: int
    appeared: tuple[tuple[str, str], ...]
    vanished: tuple[tuple[str, str], ...]


def turnover(kg: KnowledgeGraph, *, relation: str = "") -> tuple[Turnover, ...]:
    """Give the growth and disappearance of ties between states, year by year.

    A tie is a pair of states, in either direction, with an asserted claim of the relation or family (any, by
    default), in all years that its date overlaps.

    Raises:
        ValueError: If the relation does not exist.
    """
    years: dict[tuple[str, str], set[int]] = {}
    for claim in select(kg, relation=relation, modality="asserted"):
        ends = (claim.subject, claim.object)
        period = claim_period(kg, claim)
        if period and ends[0] != ends[1] and all(kg.entities[key].cls == "Country" for key in ends):
            pair = (min(ends), max(ends))
            years.setdefault(pair, set()).update(range(period.first.year, period.last.year + 1))
    if not years:
        return ()
    told = sorted(set().union(*years.values()))
    return tuple(
        Turnover(
            year=year,
            active=sum(year in held for held in years.values()),
            appeared=tuple(sorted(pair for pair, held in years.items() if min(held) == year)),
            vanished=tuple(sorted(pair for pair, held in years.items() if max(held) == year)),
        )
        for year in range(told[0], told[-1] + 1)
    )
