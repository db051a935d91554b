"""How two entities are connected: the shortest chains of claims, told in words with their sentences."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice, pairwise

from diplograph.extract.records import Claim
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.lookup import resolve
from diplograph.graph.relations import relation_traits

__all__ = ["Chain", "Link", "paths", "tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step of a chain: the best supported claim between two entities, read in the chain's direction.

    ``others`` counts the further claims between the two; ``words`` is the step as a clause.
    """

    source: str
    target: str
    claim: Claim
    others: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A way from one entity to another; ``confidence`` is the product of its links' confidences, 0 to 1."""

    links: tuple[Link, ...]
    confidence: float

    @property
    def words(self) -> str:
        """The chain as one sentence."""
        return "; ".join(link.words for link in self.links) + "."

    @property
    def sentences(self) -> tuple[str, ...]:
        """The first piece of evidence of each link, in the order of the chain."""
        return tuple(link.claim.evidence[0].text for link in self.links)


def paths(
    kg: KnowledgeGraph, source: str, target: str, *, hops: int = 4, limit: int = 5
) -> tuple[Chain, ...]:
    """Give the shortest chains of asserted claims between two entities, best supported first.

    Claims can be followed in both directions. Only chains of the least possible number of links (at most
    ``hops``) are given; between two entities that several claims join, the one of the highest confidence
    stands for all. Order: confidence downwards, then ids.

    Raises:
        UnknownEntity: If a name means nothing in the graph.
    """
    first, last = resolve(kg, source), resolve(kg, target)
    if first == last:
        return ()
    away = _distances(kg, last, hops)
    if first not in away:
        return ()
    found = islice(_best_first(kg, first, away), limit)
    return tuple(_chain(kg, nodes) for nodes in found)


def _steps(kg: KnowledgeGraph, node: str) -> dict[str, float]:
    """Map those one asserted claim away, sorted by id, to the highest confidence of such a claim."""
    best: dict[str, float] = {}
    for claim in _followed(kg, node):
        end = claim.object if claim.subject == node else claim.subject
        if end != node:
            best[end] = max(claim.confidence, best.get(end, 0.0))
    return dict(sorted(best.items()))


def _followed(kg: KnowledgeGraph, node: str) -> Iterator[Claim]:
    return (claim for claim in kg.claims_of(node) if claim.modality == "asserted")


def _distances(kg: KnowledgeGraph, start: str, hops: int) -> dict[str, int]:
    away, queue = {start: 0}, deque([start])
    while queue:
        node = queue.popleft()
        if away[node] < hops:
            for end in _steps(kg, node):
                if end not in away:
                    away[end] = away[node] + 1
                    queue.append(end)
    return away


def _best_first(kg: KnowledgeGraph, first: str, away: dict[str, int]) -> Iterator[tuple[str, ...]]:
    """Yield the shortest ways in the order of their confidence, then of their ids, not making them all.

    What remains of a way is never overrated (it is computed backwards beforehand), so that the first way to
    arrive is the best.
    """
    rest: dict[str, float] = {}
    onward: dict[str, dict[str, float]] = {}
    for node in sorted(away, key=lambda key: (away[key], key)):
        steps = {end: sure for end, sure in _steps(kg, node).items() if away.get(end) == away[node] - 1}
        onward[node] = steps
        rest[node] = max((steps[end] * rest[end] for end in steps), default=1.0)
    waiting: list[tuple[float, tuple[str, ...], float]] = [(-rest[first], (first,), 1.0)]
    while waiting:
        _, way, sure = heappop(waiting)
        if away[way[-1]] == 0:
            yield way
        for end, confidence in onward[way[-1]].items():
            # rounded, so that equal chances stay equal whatever the order of multiplication
            promise = round(sure * confidence * rest[end], 12)
            heappush(waiting, (-promise, (*way, end), sure * confidence))


def _chain(kg: KnowledgeGraph, nodes: tuple[str, ...]) -> Chain:
    links = []
    confidence = 1.0
    for source, target in pairwise(nodes):
        claims = [c for c in _followed(kg, source) if target in (c.subject, c.object)]
        best = min(claims, key=lambda claim: (-claim.confidence, claim.id))
        confidence *= best.confidence
        links.append(
            Link(
                source=source,
                target=target,
                claim=best,
                others=len(claims) - 1,
                words=tell(kg, best, start=source),
            )
        )
    return Chain(links=tuple(links), confidence=round(confidence, 6))


def tell(kg: KnowledgeGraph, claim: Claim, *, start: str = "") -> str:
    """Say a claim as a clause with its date, status and amount; from ``start`` (an id), if it is one end."""
    traits = relation_traits()[claim.predicate]
    subject, object_ = kg.entities[claim.subject].label, kg.entities[claim.object].label
    if start == claim.object and start != claim.subject:
        words = f"{object_} {traits.inverse} {subject}"
    else:
        words = f"{subject} {traits.phrase} {object_}"
    said = claim.qualifiers
    when = said.date or (f"{said.start} to {said.end}" if said.start and said.end else said.start or said.end)
    amount = f"{said.amount} {said.currency}".strip()
    details = [said.status, said.position, amount, when]
    if said.issue:
        details.append(kg.entities[said.issue].label if said.issue in kg.entities else said.issue)
    if claim.modality != "asserted":
        details.insert(0, claim.modality)
    told = ", ".join(filter(None, details))
    return f"{words} ({told})" if told else words
