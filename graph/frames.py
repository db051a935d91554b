"""The graph as tables: plain rows, and pandas or polars frames where these are installed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from diplograph.graph.dates import claim_period
from diplograph.graph.dyads import SHARED, direct_relations, dyad_year_rows
from diplograph.graph.events import EVENT_COLUMNS, event_rows
from diplograph.graph.extras import MissingExtra
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.model import QUALIFIERS

if TYPE_CHECKING:
    import pandas
    import polars

__all__ = ["TABLES", "Cell", "TableName", "columns", "rows", "to_pandas", "to_polars"]

Cell: TypeAlias = str | int | float | None
TableName = Literal["documents", "entities", "mentions", "claims", "evidence", "dyad_years", "events"]

_FIXED: Final[Mapping[str, Mapping[str, type]]] = {
    "documents": {
        "document": str,
        "file": str,
        "title": str,
        "publisher": str,
        "country": str,
        "reference_year": int,
        "language": str,
        "sha256": str,
        "characters": int,
        "sentences": int,
        "url": str,
    },
    "entities": {
        "entity": str,
        "class": str,
        "label": str,
        "aliases": str,
        "iso3": str,
        "same_as": str,
        "date": str,
        "mentions": int,
        "claims": int,
    },
    "mentions": {
        "document": str,
        "start": int,
        "end": int,
        "text": str,
        "class": str,
        "entity": str,
        "how": str,
    },
    "claims": {
        "claim": str,
        "subject": str,
        "subject_label": str,
        "subject_class": str,
        "predicate": str,
        "object": str,
        "object_label": str,
        "object_class": str,
        **{name: (float if name == "amount" else str) for name in QUALIFIERS},
        "modality": str,
        "confidence": float,
        "rule": str,
        "first": str,
        "last": str,
        "year": int,
        "dated_by": str,
        "evidence": int,
        "documents": int,
    },
    "evidence": {
        "claim": str,
        "document": str,
        "start": int,
        "end": int,
        "text": str,
        "section": str,
        "page": int,
        "anchor": str,
    },
    "events": EVENT_COLUMNS,
}


TABLES: Final[tuple[TableName, ...]] = (
    "documents",
    "entities",
    "mentions",
    "claims",
    "evidence",
    "dyad_years",
    "events",
)


def columns(table: TableName) -> Mapping[str, type]:
    """Give the columns of a table with the types of their cells, in their order.

    A cell may be None only in ``first``, ``last``, ``year``, ``amount`` and ``reference_year``.

    Raises:
        ValueError: If there is no such table.
    """
    if table not in TABLES:
        msg = f"{table!r} is no table; choose among {', '.join(TABLES)}"
        raise ValueError(msg)
    if table == "dyad_years":
        counts = dict.fromkeys((*direct_relations(), *SHARED), int)
        return {"state1": str, "state2": str, "year": int, **counts}
    return _FIXED[table]


def rows(kg: KnowledgeGraph, table: TableName) -> Sequence[tuple[Cell, ...]]:
    """Give the rows of a table in the order of the graph, cells in the order of :func:`columns`.

    Lists are one cell joined by " | ". In ``claims``, ``amount`` is a number or None, ``first`` and ``last``
    are the days between which a claim is dated, ``year`` that of the first, and ``dated_by`` says what dates
    it (claim, event, document, or empty): see :func:`~diplograph.graph.dates.claim_period`.

    Raises:
        ValueError: If there is no such table.
    """
    makers: Mapping[str, Callable[[KnowledgeGraph], Iterable[tuple[Cell, ...]]]] = {
        "documents": _documents,
        "entities": _entities,
        "mentions": _mentions,
        "claims": _claims,
        "evidence": _evidence,
        "dyad_years": dyad_year_rows,
        "events": event_rows,
    }
    columns(table)
    return tuple(makers[table](kg))


def _documents(kg: KnowledgeGraph) -> Iterable[tuple[Cell, ...]]:
    for item in kg.documents.values():
        yield (
            item.id,
            item.file,
            item.title,
            item.publisher,
            item.country,
            item.reference_year,
            item.language,
            item.sha256,
            item.characters,
            item.sentences,
            item.url,
        )


def _entities(kg: KnowledgeGraph) -> Iterable[tuple[Cell, ...]]:
    named: dict[str, int] = {}
    for mention in kg.mentions:
        named[mention.entity] = named.get(mention.entity, 0) + 1
    for key, entity in kg.entities.items():
        yield (
            key,
            entity.cls,
            entity.label,
            " | ".join(entity.aliases),
            entity.iso3,
            " | ".join(entity.same_as),
            next((value for name, value in entity.attributes if name == "date"), ""),
            named.get(key, 0),
            len(kg.claims_of(key)),
        )


def _mentions(kg: KnowledgeGraph) -> Iterable[tuple[Cell, ...]]:
    for item in kg.mentions:
        yield (item.document, item.span.start, item.span.end, item.text, item.cls, item.entity, item.how)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _claims(kg: KnowledgeGraph) -> Iterable[tuple[Cell, ...]]:
    for key, claim in kg.claims_by_id.items():
        subject, object_ = kg.entities[claim.subject], kg.entities[claim.object]
        period = claim_period(kg, claim)
        yield (
            key,
            subject.id,
            subject.label,
            subject.cls,
            claim.predicate,
            object_.id,
            object_.label,
            object_.cls,
            *(
                _number(value) if name == "amount" else value
                for name in QUALIFIERS
                for value in (getattr(claim.qualifiers, name),)
            ),
            claim.modality,
            claim.confidence,
            claim.rule,
            period.first.isoformat() if period else None,
            period.last.isoformat() if period else None,
            period.first.year if period else None,
            period.basis if period else "",
            len(claim.evidence),
            len({piece.document for piece in claim.evidence}),
        )


def _evidence(kg: KnowledgeGraph) -> Iterable[tuple[Cell, ...]]:
    for key, claim in kg.claims_by_id.items():
        for piece in claim.evidence:
            where = (piece.section, piece.page or None, piece.anchor)
            yield (key, piece.document, piece.start, piece.end, piece.text, *where)


def to_pandas(kg: KnowledgeGraph, table: TableName) -> "pandas.DataFrame":
    """Give a table as a pandas frame; a missing number is ``<NA>``.

    Raises:
        MissingExtra: If pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtra("pandas", "pandas") from error
    dtypes = {str: "string", int: "Int64", float: "Float64"}
    kinds = columns(table)
    frame = pandas.DataFrame(list(rows(kg, table)), columns=list(kinds))
    return frame.astype({name: dtypes[kind] for name, kind in kinds.items()})


def to_polars(kg: KnowledgeGraph, table: TableName) -> "polars.DataFrame":
    """Give a table as a polars frame; a missing number is null.

    Raises:
        MissingExtra: If polars is not installed.
    """
    try:
        import polars
    except ImportError as error:
        raise MissingExtra("polars", "polars") from error
    dtypes = {str: polars.String, int: polars.Int64, float: polars.Float64}
    schema = {name: dtypes[kind] for name, kind in columns(table).items()}
    return polars.DataFrame(list(rows(kg, table)), schema=schema, orient="row")
