"""The graph as a value: entities, claims, documents and mentions, frozen and sorted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

import networkx as nx
from diplograph.extract.records import Claim, Document, Entity, Mention
from diplograph.ontology.errors import DiplographError

__all__ = ["DocumentRecord", "InconsistentGraph", "KnowledgeGraph"]

# Attributes of nodes and edges that an entity attribute or qualifier of that name must not overwrite.
NODE_KEYS: Final = frozenset({"cls", "label", "iso3", "aliases", "mentions"})


class InconsistentGraph(DiplographError, ValueError):
    """Parts that do not make one graph: a claim about an unknown entity, a repeated id.

    Attributes:
        item: The id of what does not fit.
        problem: What is wrong with it.
        remedy: What the caller can do about it.
    """

    def __init__(self, item: str, problem: str, remedy: str) -> None:
        super().__init__(f"{item}: {problem}; {remedy}")
        self.item = item
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """What is known of a document once its text has been left behind.

    ``country`` is the ISO 3166-1 alpha-3 code of the author's own state or empty; ``sha256`` the hash of
    the source file's bytes; ``characters`` counts code points, ``sentences`` the sentences that were read.
    """

    id: str
    file: str = ""
    title: str = ""
    publisher: str = ""
    country: str = ""
    reference_year: int | None = None
    language: str = "en"
    sha256: str = ""
    characters: int = 0
    sentences: int = 0

    @classmethod
    def of(cls, document: Document) -> "DocumentRecord":
        """Make the record of a document that has been read."""
        return cls(
            id=document.id,
            file=document.file,
            title=document.title,
            publisher=document.publisher,
            country=document.country,
            reference_year=document.reference_year,
            language=document.language,
            sha256=document.sha256,
            characters=len(document.text),
            sentences=len(document.sentences),
        )


def _mention_order(mention: Mention) -> tuple[str, int, int, str, str, str]:
    return (
        mention.document,
        mention.span.start,
        mention.span.end,
        mention.cls,
        mention.entity,
        mention.how,
    )


@dataclass(frozen=True, kw_only=True)
class KnowledgeGraph:
    """Everything a set of documents says: who and what there is, and the claims that join them.

    A value: nothing in it can be reassigned, two graphs of equal content are equal, and it can be
    pickled. Whatever the order of what it is made from, ``entities`` and ``documents`` are sorted by id,
    ``claims`` by id, ``mentions`` by document and place.

    Attributes:
        entities: Read-only map, id to entity.
        claims: Every claim once, with all its evidence.
        documents: Read-only map, id to record.
        mentions: Every name found, where it stands.

    Raises:
        InconsistentGraph: If two claims have one id, or a claim's subject or object, or the entity of a
            mention, is not among the entities.
    """

    entities: Mapping[str, Entity] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    documents: Mapping[str, DocumentRecord] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()

    def __post_init__(self) -> None:
        by_id = sorted(((claim.id, claim) for claim in self.claims), key=lambda pair: pair[0])
        for (first, _), (second, _) in pairwise(by_id):
            if first == second:
                raise InconsistentGraph(first, "two claims have this id", "merge them with build_graph")
        entities = dict(sorted(self.entities.items()))
        for key, claim in by_id:
            for end in (claim.subject, claim.object):
                if end not in entities:
                    raise InconsistentGraph(
                        end, f"claim {key} speaks of it, but it is no entity", "add its Entity"
                    )
        for mention in self.mentions:
            if mention.entity not in entities:
                problem = f"{mention.text!r} in {mention.document} means it, but it is no entity"
                raise InconsistentGraph(mention.entity, problem, "add its Entity")
        put = object.__setattr__
        put(self, "entities", MappingProxyType(entities))
        put(self, "claims", tuple(claim for _, claim in by_id))
        put(self, "documents", MappingProxyType(dict(sorted(self.documents.items()))))
        put(self, "mentions", tuple(sorted(self.mentions, key=_mention_order)))
        put(self, "_by_id", MappingProxyType(dict(by_id)))

    def __hash__(self) -> int:
        return hash((tuple(self.entities), tuple(self.claims_by_id)))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restore, (dict(self.entities), self.claims, dict(self.documents), self.mentions))

    def __repr__(self) -> str:
        return (
            f"<KnowledgeGraph: {len(self.entities)} entities, {len(self.claims)} claims, "
            f"{len(self.documents)} documents>"
        )

    @property
    def claims_by_id(self) -> Mapping[str, Claim]:
        """Read-only map, claim id to claim, in the order of the ids."""
        by_id: Mapping[str, Claim] = self.__dict__["_by_id"]
        return by_id

    @cached_property
    def graph(self) -> "nx.MultiDiGraph[str]":
        """The same as a plain networkx graph: entities are nodes, claims are edges keyed by claim id.

        Nodes carry ``cls``, ``label``, ``iso3``, ``aliases``, ``mentions`` (how often the documents name
        it) and the entity's attributes; edges carry ``predicate``, ``modality``, ``confidence``, ``rule``,
        the qualifiers that are set, and the ``claim`` itself. Nodes and edges stand in the order of their
        ids. The graph is frozen: ``kg.graph.copy()`` gives one to change.
        """
        return nx.freeze(_as_networkx(self))


def _restore(
    entities: Mapping[str, Entity],
    claims: tuple[Claim, ...],
    documents: Mapping[str, DocumentRecord],
    mentions: tuple[Mention, ...],
) -> KnowledgeGraph:
    return KnowledgeGraph(entities=entities, claims=claims, documents=documents, mentions=mentions)


def _count(items: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts


def _as_networkx(kg: KnowledgeGraph) -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    named = _count(mention.entity for mention in kg.mentions)
    for key, entity in kg.entities.items():
        attributes: dict[str, Any] = {k: v for k, v in entity.attributes if k not in NODE_KEYS}
        graph.add_node(
            key,
            cls=entity.cls,
            label=entity.label,
            iso3=entity.iso3,
            aliases=entity.aliases,
            mentions=named.get(key, 0),
            **attributes,
        )
    for key, claim in kg.claims_by_id.items():
        graph.add_edge(
            claim.subject,
            claim.object,
            key=key,
            predicate=claim.predicate,
            modality=claim.modality,
            confidence=claim.confidence,
            rule=claim.rule,
            claim=claim,
            **claim.qualifiers.as_dict(),
        )
    return graph
