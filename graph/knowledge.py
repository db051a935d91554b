"""The graph as a value: entities, claims, documents and mentions, frozen and sorted."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import networkx as nx
from diplograph.extract.records import Claim, Document, Entity, Evidence, Mention
from diplograph.graph.hooks import HOOKS
from diplograph.ontology.errors import DiplographError

if TYPE_CHECKING:
    import pandas
    import polars
    from diplograph.graph.dates import Period
    from diplograph.graph.frames import TableName
    from diplograph.graph.paths import Chain

__all__ = ["DocumentRecord", "InconsistentGraph", "KnowledgeGraph", "restricted"]

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
    the source file's bytes; ``characters`` counts code points, ``sentences`` the sentences that were read;
    ``url`` is the web address of the source, or empty.
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
    url: str = ""

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
            url=document.url,
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

    def _repr_html_(self) -> str | None:
        """Show the graph in a notebook as its interactive page; writes nothing."""
        return HOOKS.show(self) if HOOKS.show else None

    @classmethod
    def read(cls, path: str | Path) -> "KnowledgeGraph":
        """Read a graph that was written: the folder of a build, or a file in any RDF format.

        Mentions come back from a folder only; they are no part of RDF.

        Raises:
            InputError: There is nothing there, or it cannot be read.
        """
        if HOOKS.read is None:
            msg = "nothing can be read before `import diplograph`"
            raise RuntimeError(msg)
        return HOOKS.read(Path(path))

    @property
    def claims_by_id(self) -> Mapping[str, Claim]:
        """Read-only map, claim id to claim, in the order of the ids."""
        by_id: Mapping[str, Claim] = self.__dict__["_by_id"]
        return by_id

    @cached_property
    def _claims_of(self) -> Mapping[str, tuple[Claim, ...]]:
        joined: dict[str, list[Claim]] = {}
        for claim in self.claims:
            for end in dict.fromkeys((claim.subject, claim.object)):
                joined.setdefault(end, []).append(claim)
        return MappingProxyType({key: tuple(claims) for key, claims in joined.items()})

    def claims_of(self, entity: str) -> tuple[Claim, ...]:
        """Give the claims whose subject or object has this id, sorted by id."""
        return self._claims_of.get(entity, ())

    @cached_property
    def graph(self) -> "nx.MultiDiGraph[str]":
        """The same as a plain networkx graph: entities are nodes, claims are edges keyed by claim id.

        Nodes carry ``cls``, ``label``, ``iso3``, ``aliases``, ``mentions`` (how often the documents name
        it) and the entity's attributes; edges carry ``predicate``, ``modality``, ``confidence``, ``rule``,
        the qualifiers that are set, and the ``claim`` itself. Nodes and edges stand in the order of their
        ids. The graph is frozen: ``kg.graph.copy()`` gives one to change.
        """
        return nx.freeze(_as_networkx(self))

    def __contains__(self, name: object) -> bool:
        """Tell whether ``kg[name]`` would give an entity."""
        from diplograph.graph.lookup import UnknownEntity, resolve

        if not isinstance(name, str):
            return False
        try:
            resolve(self, name)
        except UnknownEntity:
            return False
        return True

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids of the entities, sorted."""
        return iter(self.entities)

    def __getitem__(self, name: str) -> Entity:
        """Give the entity of an id, code or name; see :func:`~diplograph.graph.lookup.resolve`."""
        from diplograph.graph.lookup import resolve

        return self.entities[resolve(self, name)]

    def find(self, text: str, *, cls: str = "", limit: int = 10) -> tuple[Entity, ...]:
        """Search entities by name; see :func:`~diplograph.graph.lookup.find`."""
        from diplograph.graph.lookup import find

        return find(self, text, cls=cls, limit=limit)

    def neighbours(self, name: str, *, relation: str = "", cls: str = "") -> tuple[Entity, ...]:
        """Give who shares a claim with this one; see :func:`~diplograph.graph.lookup.neighbours`."""
        from diplograph.graph.lookup import neighbours

        return neighbours(self, name, relation=relation, cls=cls)

    def select(
        self,
        *,
        entity: str = "",
        pair: tuple[str, str] | None = None,
        subject: str = "",
        object: str = "",
        cls: str = "",
        relation: str = "",
        issue: str = "",
        document: str = "",
        modality: str = "",
        period: "Period | None" = None,
        min_confidence: float = 0.0,
    ) -> tuple[Claim, ...]:
        """Give the claims that meet every condition; see :func:`~diplograph.graph.lookup.select`."""
        from diplograph.graph.lookup import select

        return select(
            self,
            entity=entity,
            pair=pair,
            subject=subject,
            object=object,
            cls=cls,
            relation=relation,
            issue=issue,
            document=document,
            modality=modality,
            period=period,
            min_confidence=min_confidence,
        )

    def evidence(self, claim: Claim | str) -> tuple[Evidence, ...]:
        """Give the words that make a claim (or the claim of this id), sorted by document and place.

        Raises:
            KeyError: If the graph holds no such claim.
        """
        return self.claims_by_id[claim if isinstance(claim, str) else claim.id].evidence

    def asserted(self) -> "KnowledgeGraph":
        """View only what the documents state as fact."""
        from diplograph.graph.views import asserted

        return asserted(self)

    def only(self, *relations: str) -> "KnowledgeGraph":
        """View only the claims of some relations or families of relations."""
        from diplograph.graph.views import only

        return only(self, *relations)

    def during(self, start: str | int, end: str | int | None = None) -> "KnowledgeGraph":
        """View only the claims of a period; see :func:`~diplograph.graph.views.during`."""
        from diplograph.graph.views import during

        return during(self, start, end)

    def at(self, when: str | int) -> "KnowledgeGraph":
        """View what held at a time; see :func:`~diplograph.graph.views.at`."""
        from diplograph.graph.views import at

        return at(self, when)

    def edition(self, *documents: str) -> "KnowledgeGraph":
        """View only what some documents say; see :func:`~diplograph.graph.views.edition`."""
        from diplograph.graph.views import edition

        return edition(self, *documents)

    def around(self, name: str, *, hops: int = 1) -> "KnowledgeGraph":
        """View the surroundings of an entity; see :func:`~diplograph.graph.views.around`."""
        from diplograph.graph.views import around

        return around(self, name, hops=hops)

    def paths(self, source: str, target: str, *, hops: int = 4, limit: int = 5) -> "tuple[Chain, ...]":
        """Tell how two entities are connected; see :func:`~diplograph.graph.paths.paths`."""
        from diplograph.graph.paths import paths

        return paths(self, source, target, hops=hops, limit=limit)

    def to_pandas(self, table: "TableName") -> "pandas.DataFrame":
        """Give a table as a pandas frame; see :func:`~diplograph.graph.frames.to_pandas`."""
        from diplograph.graph.frames import to_pandas

        return to_pandas(self, table)

    def to_polars(self, table: "TableName") -> "polars.DataFrame":
        """Give a table as a polars frame; see :func:`~diplograph.graph.frames.to_polars`."""
        from diplograph.graph.frames import to_polars

        return to_polars(self, table)


def restricted(kg: KnowledgeGraph, claims: Mapping[str, Claim], entities: Collection[str]) -> KnowledgeGraph:
    """Give the part of a graph with some of its claims and the entities of these ids; shares all values.

    ``claims`` maps ids to claims, in the order of the ids; ``entities`` holds at least their subjects and
    objects. Neither is checked: this is how views are made cheap. Documents stay; mentions stay with their
    entities.
    """
    view = object.__new__(KnowledgeGraph)
    put = object.__setattr__
    put(view, "entities", MappingProxyType({k: v for k, v in kg.entities.items() if k in entities}))
    put(view, "claims", tuple(claims.values()))
    put(view, "documents", kg.documents)
    put(view, "mentions", tuple(m for m in kg.mentions if m.entity in entities))
    put(view, "_by_id", MappingProxyType(dict(claims)))
    return view


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
