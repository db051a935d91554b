"""Pairs of states by year: the unit of analysis of quantitative international relations."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import Final

from diplograph.extract.records import Claim
from diplograph.graph.dates import claim_period
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.relations import relation_traits

__all__ = ["SHARED", "direct_relations", "dyad_year_rows"]

# Column -> relations by which two states share something of a class, and the classes.
SHARED: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = MappingProxyType(
    {
        "shared_agreements": (("partyTo",), ("Agreement",)),
        "shared_forums": (("memberOf", "participatesIn", "chairs", "hosts"), ("Forum", "Organization")),
        "shared_meetings": (("participatesIn", "chairs", "hosts"), ("Event",)),
    }
)


@cache
def direct_relations() -> tuple[str, ...]:
    """Give the relations that join two states directly, in the order of the ontology."""
    return tuple(name for name, traits in relation_traits().items() if traits.states)


def dyad_year_rows(kg: KnowledgeGraph) -> Iterator[tuple[str | int, ...]]:
    """Yield ``state1, state2, year``, a count for each direct relation, and for each of :data:`SHARED`.

    States are ISO 3166-1 alpha-3 codes (the id where there is none), ``state1 < state2``; directions are
    joined. Asserted claims only, in the year in which they begin; something shared counts in the year in
    which the second of the two came to it. Sorted by states and year; years without anything are left out.
    """
    direct = direct_relations()
    columns = (*direct, *SHARED)
    cells: dict[tuple[str, str, int], dict[str, int]] = {}

    def count(one: str, other: str, year: int, column: str) -> None:
        first, second = sorted((_code(kg, one), _code(kg, other)))
        row = cells.setdefault((first, second, year), dict.fromkeys(columns, 0))
        row[column] += 1

    for claim in kg.claims:
        states = all(kg.entities[key].cls == "Country" for key in (claim.subject, claim.object))
        if states and claim.predicate in direct and claim.subject != claim.object:
            year = _year(kg, claim)
            if year is not None:
                count(claim.subject, claim.object, year, claim.predicate)
    for column, (relations, classes) in SHARED.items():
        for came in _comings(kg, relations, classes).values():
            for one, other in combinations(sorted(came), 2):
                count(one, other, max(came[one], came[other]), column)
    for key in sorted(cells):
        yield (*key, *cells[key].values())


def _code(kg: KnowledgeGraph, key: str) -> str:
    return kg.entities[key].iso3 or key


def _year(kg: KnowledgeGraph, claim: Claim) -> int | None:
    period = claim_period(kg, claim) if claim.modality == "asserted" else None
    return period.first.year if period else None


def _comings(
    kg: KnowledgeGraph, relations: tuple[str, ...], classes: tuple[str, ...]
) -> dict[str, dict[str, int]]:
    """Map what states can share to the states that do, with the year in which each came to it."""
    found: dict[str, dict[str, int]] = {}
    for claim in kg.claims:
        if (
            claim.predicate in relations
            and kg.entities[claim.subject].cls == "Country"
            and kg.entities[claim.object].cls in classes
        ):
            year = _year(kg, claim)
            if year is not None:
                came = found.setdefault(claim.object, {})
                came[claim.subject] = min(year, came.get(claim.subject, year))
    return found
