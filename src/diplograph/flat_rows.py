"""Records as rows of plain values: what the Parquet files of large builds hold."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal, TypeAlias

from diplograph.extract.records import Claim, Entity, Mention
from diplograph.graph.knowledge import DocumentRecord
from diplograph.ontology.model import QUALIFIERS

__all__ = [
    "FLAT_TABLES",
    "Kind",
    "Row",
    "claim_row",
    "document_row",
    "entity_row",
    "evidence_rows",
    "mention_row",
]

# A string, a whole number, a number, a list of strings.
Kind = Literal["string", "integer", "number", "strings"]
Row: TypeAlias = tuple[str | int | float | list[str] | None, ...]

# Table -> its columns in their order; rows are sorted by the columns before the first that is no key.
FLAT_TABLES: Final[Mapping[str, Mapping[str, Kind]]] = {
    "documents": {
        **dict.fromkeys(("id", "file", "title", "publisher", "country"), "string"),
        "reference_year": "integer",
        **dict.fromkeys(("language", "sha256"), "string"),
        **dict.fromkeys(("characters", "sentences"), "integer"),
        "url": "string",
    },
    "entities": {
        **dict.fromkeys(("id", "class", "label"), "string"),
        "aliases": "strings",
        "iso3": "string",
        "same_as": "strings",
        "attributes": "strings",
    },
    "mentions": {
        "document": "string",
        **dict.fromkeys(("start", "end"), "integer"),
        **dict.fromkeys(("text", "class", "entity", "how"), "string"),
    },
    "claims": {
        **dict.fromkeys(("id", "subject", "predicate", "object", *QUALIFIERS), "string"),
        "date_text": "strings",
        "modality": "string",
        "confidence": "number",
        "rule": "string",
        **dict.fromkeys(("evidence", "documents"), "integer"),
    },
    "evidence": {
        **dict.fromkeys(("claim", "document"), "string"),
        **dict.fromkeys(("start", "end"), "integer"),
        **dict.fromkeys(("text", "section"), "string"),
        "page": "integer",
        "anchor": "string",
    },
}


def document_row(record: DocumentRecord) -> Row:
    """Give the row of a document; an unknown year is None."""
    return tuple(getattr(record, name) for name in FLAT_TABLES["documents"])


def entity_row(entity: Entity) -> Row:
    """Give the row of an entity; an attribute is one string, ``name=value``."""
    return (
        entity.id,
        entity.cls,
        entity.label,
        list(entity.aliases),
        entity.iso3,
        list(entity.same_as),
        [f"{name}={value}" for name, value in entity.attributes],
    )


def mention_row(mention: Mention) -> Row:
    """Give the row of a mention."""
    span = mention.span
    return mention.document, span.start, span.end, mention.text, mention.cls, mention.entity, mention.how


def claim_row(claim: Claim) -> Row:
    """Give the row of a claim: qualifiers as they are written, and how many passages and documents make it."""
    return (
        claim.id,
        claim.subject,
        claim.predicate,
        claim.object,
        *(getattr(claim.qualifiers, name) for name in QUALIFIERS),
        list(claim.qualifiers.date_text),
        claim.modality,
        claim.confidence,
        claim.rule,
        len(claim.evidence),
        len({piece.document for piece in claim.evidence}),
    )


def evidence_rows(claim: Claim) -> Iterator[Row]:
    """Yield a row for each passage of a claim, in the order of documents and places; an unknown page is None."""
    for piece in claim.evidence:
        place = (piece.section, piece.page or None, piece.anchor)
        yield (claim.id, piece.document, piece.start, piece.end, piece.text, *place)
