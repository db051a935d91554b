"""What is in a graph, on one screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from diplograph.extract.records import Claim
from diplograph.graph.dates import Period, claim_period
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.measures import degree
from diplograph.graph.paths import tell
from diplograph.ontology.model import ENTITY_CLASSES, MODALITIES, RELATIONS

__all__ = ["Summary", "TellingClaim", "summarize"]

# As many rows as fit beside each other on a terminal of 24 lines.
ROWS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingClaim:
    """A claim in words, with what makes it stand out; ``pieces`` counts its pieces of evidence."""

    claim: Claim
    words: str
    period: Period | None
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of a graph.

    ``classes``, ``relations`` and ``modalities`` leave out what does not occur and keep the order of the
    ontology. ``connected`` maps labels to the number of different neighbours, most first. ``recent`` are the
    claims that begin latest by a date of their own or their event's; ``best`` have the most evidence and
    confidence, ``worst`` the least. ``dated`` counts the claims dated so, ``undated`` the others.
    """

    documents: int
    entities: int
    mentions: int
    claims: int
    evidence: int
    dated: int
    undated: int
    classes: Mapping[str, int]
    relations: Mapping[str, int]
    modalities: Mapping[str, int]
    connected: Mapping[str, int]
    recent: tuple[TellingClaim, ...]
    best: tuple[TellingClaim, ...]
    worst: tuple[TellingClaim, ...]


def summarize(kg: KnowledgeGraph, *, limit: int = ROWS) -> Summary:
    """Count what is in a graph; pick the ``limit`` most connected, most recent, best and worst supported."""
    telling = [
        TellingClaim(
            claim=claim, words=tell(kg, claim), period=claim_period(kg, claim), pieces=len(claim.evidence)
        )
        for claim in kg.claims
    ]
    dated = [
        (item.period.first.toordinal(), item)
        for item in telling
        if item.period and item.period.basis != "document"
    ]
    by_support = sorted(
        telling, key=lambda item: (-_documents(item), -item.pieces, -item.claim.confidence, item.words)
    )
    weakest = sorted(telling, key=lambda item: (item.claim.confidence, item.pieces, item.words))
    latest = [item for _, item in sorted(dated, key=lambda pair: (-pair[0], pair[1].words, pair[1].claim.id))]
    others = max(1, len(kg.entities) - 1)
    shares = list(degree(kg.graph).items())[:limit]
    return Summary(
        documents=len(kg.documents),
        entities=len(kg.entities),
        mentions=len(kg.mentions),
        claims=len(kg.claims),
        evidence=sum(item.pieces for item in telling),
        dated=len(dated),
        undated=len(telling) - len(dated),
        classes=_counts((entity.cls for entity in kg.entities.values()), ENTITY_CLASSES),
        relations=_counts((claim.predicate for claim in kg.claims), RELATIONS),
        modalities=_counts((claim.modality for claim in kg.claims), MODALITIES),
        connected=MappingProxyType({kg.entities[k].label: round(share * others) for k, share in shares}),
        recent=tuple(latest[:limit]),
        best=tuple(by_support[:limit]),
        worst=tuple(weakest[:limit]),
    )


def _documents(item: TellingClaim) -> int:
    return len({piece.document for piece in item.claim.evidence})


def _counts(found: Iterable[str], order: Iterable[str]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for name in found:
        counts[name] = counts.get(name, 0) + 1
    return MappingProxyType({name: counts[name] for name in order if name in counts})
