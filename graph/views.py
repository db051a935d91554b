"""Parts of a graph as graphs of their own: read-only, cheap, and never changing what they are made from.

A view shares the values of its base and is a :class:`KnowledgeGraph` itself, so views combine, and every
measure, path and export takes one. It keeps the entities that its claims need (subject, object, place,
issue), all document records (except :func:`edition`), and the mentions of the entities that it keeps.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from diplograph.extract.records import Claim
from diplograph.graph.dates import claim_period, parse_period
from diplograph.graph.knowledge import KnowledgeGraph, restricted
from diplograph.graph.lookup import resolve
from diplograph.graph.relations import relation_traits, relations_of, stages

__all__ = ["around", "asserted", "at", "during", "edition", "keep", "only"]


def keep(kg: KnowledgeGraph, wanted: Callable[[Claim], bool]) -> KnowledgeGraph:
    """View the claims for which a function says yes, and the entities that they need."""
    return _of(kg, {key: claim for key, claim in kg.claims_by_id.items() if wanted(claim)})


def _of(kg: KnowledgeGraph, claims: Mapping[str, Claim], more: Iterable[str] = ()) -> KnowledgeGraph:
    needed = set(more)
    for claim in claims.values():
        said = claim.qualifiers
        needed.update((claim.subject, claim.object, said.place, said.issue))
    return restricted(kg, claims, needed)


def asserted(kg: KnowledgeGraph) -> KnowledgeGraph:
    """View only what the documents state as fact, not what they plan, call for, condition or deny."""
    return keep(kg, lambda claim: claim.modality == "asserted")


def only(kg: KnowledgeGraph, *relations: str) -> KnowledgeGraph:
    """View only the claims of these relations or families of relations ("meeting", "aid", ...).

    Raises:
        ValueError: If a name is neither.
    """
    names = frozenset(relations_of(*relations))
    return keep(kg, lambda claim: claim.predicate in names)


def during(kg: KnowledgeGraph, start: str | int, end: str | int | None = None) -> KnowledgeGraph:
    """View only the claims dated within, or overlapping, a period of days.

    ``start`` and ``end`` are ISO dates of any precision, both included: ``during(kg, 2016)`` is the year,
    ``during(kg, "2016-11", "2017-03")`` five months. Undated claims fall to the years that their documents
    report on (:func:`~diplograph.graph.dates.claim_period`); what has no date at all is left out.

    Raises:
        ValueError: If a date is not ISO 8601.
    """
    period = parse_period(start, end)
    return keep(kg, lambda claim: (held := claim_period(kg, claim)) is not None and held.overlaps(period))


def at(kg: KnowledgeGraph, when: str | int) -> KnowledgeGraph:
    """View the state of affairs at a time: what happened then, and what had begun and still lasted.

    Relations that last (party to, member of, located in ...) hold from their date on, until their ``end`` if
    they have one, and are said to have begun when a document first tells of them if nothing dates them
    better. Of several stages of one party's way into an agreement only the latest reached by then is kept.
    What is denied is left out, and so is what has no date at all.

    Raises:
        ValueError: If the date is not ISO 8601.
    """
    period, traits = parse_period(when), relation_traits()
    held: dict[str, Claim] = {}
    for key, claim in kg.claims_by_id.items():
        own = claim_period(kg, claim)
        if own is None or claim.modality == "denied":
            continue
        lasts = traits[claim.predicate].lasting and not claim.qualifiers.end
        if own.overlaps(period) or (lasts and own.first <= period.last):
            held[key] = claim
    return _of(kg, _latest_stages(held))


def _latest_stages(claims: Mapping[str, Claim]) -> Mapping[str, Claim]:
    ranks = {status: stage.rank for status, stage in stages().items()}
    reached: dict[tuple[str, str], int] = {}
    for claim in claims.values():
        if claim.predicate == "partyTo" and claim.modality == "asserted":
            pair = (claim.subject, claim.object)
            reached[pair] = max(reached.get(pair, 0), ranks.get(claim.qualifiers.status, 0))
    return {
        key: claim
        for key, claim in claims.items()
        if claim.predicate != "partyTo"
        or ranks.get(claim.qualifiers.status, 0) >= reached.get((claim.subject, claim.object), 0)
    }


def edition(kg: KnowledgeGraph, *documents: str) -> KnowledgeGraph:
    """View only what these documents say: their claims with their evidence, their mentions, their records.

    A claim that other documents make as well keeps its id and its merged confidence.

    Raises:
        ValueError: If the graph has no such document.
    """
    for name in documents:
        if name not in kg.documents:
            msg = f"{name!r} is no document; choose among {', '.join(kg.documents)}"
            raise ValueError(msg)
    claims = {}
    for key, claim in kg.claims_by_id.items():
        pieces = tuple(piece for piece in claim.evidence if piece.document in documents)
        if pieces:
            claims[key] = claim if pieces == claim.evidence else claim.quoting(pieces)
    mentions = tuple(mention for mention in kg.mentions if mention.document in documents)
    view = _of(kg, claims, (mention.entity for mention in mentions))
    records = {key: record for key, record in kg.documents.items() if key in documents}
    object.__setattr__(view, "documents", MappingProxyType(records))
    object.__setattr__(view, "mentions", mentions)
    return view


def around(kg: KnowledgeGraph, name: str, *, hops: int = 1) -> KnowledgeGraph:
    """View an entity, those at most so many claims away (in either direction), and all claims among them.

    Raises:
        UnknownEntity: If the name means nothing in the graph.
    """
    center = resolve(kg, name)
    reached, border = {center}, {center}
    for _ in range(hops):
        ends = {end for key in border for c in kg.claims_of(key) for end in (c.subject, c.object)}
        border = ends - reached
        reached |= border
    inside = {k: c for k, c in kg.claims_by_id.items() if c.subject in reached and c.object in reached}
    return _of(kg, inside, reached)
