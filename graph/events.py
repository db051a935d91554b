"""Claims as event records with PLOVER types, for users of event data (ICEWS, POLECAT, Phoenix)."""

from collections.abc import Iterator
from itertools import permutations
from typing import Final

from diplograph.extract.records import Claim
from diplograph.graph.dates import claim_period
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.relations import relation_traits

__all__ = ["EVENT_COLUMNS", "event_rows"]

EVENT_COLUMNS: Final = {
    "event": str,
    "first": str,
    "last": str,
    "dated_by": str,
    "source": str,
    "source_label": str,
    "source_iso3": str,
    "target": str,
    "target_label": str,
    "target_iso3": str,
    "type": str,
    "mode": str,
    "relation": str,
    "modality": str,
    "place": str,
    "issue": str,
    "amount": str,
    "currency": str,
    "confidence": float,
    "document": str,
    "sentence": str,
}

# In larger meetings and treaties it cannot be said who dealt with whom (the labelling guide's limit).
LARGEST_GROUP: Final = 6

_ACTORS: Final = ("Country", "Organization", "Person")


def event_rows(kg: KnowledgeGraph) -> Iterator[tuple[str | float | None, ...]]:
    """Yield event records in the columns of EVENT_COLUMNS, sorted by claim.

    The PLOVER type is that of ``relations.tsv``; relations without one (membership, location, deployment,
    disputes: what PLOVER would call them cannot be told from the claim) give no event. Relations that were
    severed are SANCTION. A claim between two actors is one record; attending, hosting or joining something
    in a group of at most six is one record for each other actor, in a larger group one with the meeting or
    agreement itself as target. Denied claims give no event; ``first`` and ``last`` are None without a date.
    """
    traits = relation_traits()
    groups: dict[str, list[Claim]] = {}
    for claim in kg.claims:
        if traits[claim.predicate].plover and not _is_actor(kg, claim.object):
            groups.setdefault(claim.object, []).append(claim)
    partners = {
        (first.id, second.subject)
        for claims in groups.values()
        if len({claim.subject for claim in claims}) <= LARGEST_GROUP
        for first, second in permutations(claims, 2)
        if first.subject != second.subject
        and first.predicate in ("partyTo", "participatesIn", "hosts")
        and second.predicate in ("partyTo", "participatesIn", "hosts")
    }
    targets: dict[str, list[str]] = {}
    for key, partner in sorted(partners):
        targets.setdefault(key, []).append(partner)
    for key, claim in kg.claims_by_id.items():
        if traits[claim.predicate].plover and claim.modality != "denied":
            for target in targets.get(key, [claim.object]):
                yield _record(kg, key, claim, target)


def _is_actor(kg: KnowledgeGraph, key: str) -> bool:
    return kg.entities[key].cls in _ACTORS


def _record(kg: KnowledgeGraph, key: str, claim: Claim, target: str) -> tuple[str | float | None, ...]:
    traits, said = relation_traits()[claim.predicate], claim.qualifiers
    period = claim_period(kg, claim)
    source, goal = kg.entities[claim.subject], kg.entities[target]
    severed = said.status == "severed"
    return (
        f"{key}:{target}",
        period.first.isoformat() if period else None,
        period.last.isoformat() if period else None,
        period.basis if period else "",
        source.id,
        source.label,
        source.iso3,
        goal.id,
        goal.label,
        goal.iso3,
        "SANCTION" if severed else traits.plover,
        "discontinue" if severed else traits.mode,
        claim.predicate,
        claim.modality,
        said.place,
        said.issue,
        said.amount,
        said.currency,
        claim.confidence,
        claim.evidence[0].document,
        claim.evidence[0].text,
    )
