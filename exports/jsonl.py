"""The graph as JSON Lines, one file a kind of thing, and back from them."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from diplograph.extract.records import Claim, Entity, Evidence, Mention, Qualifiers, Span
from diplograph.graph.knowledge import DocumentRecord, InconsistentGraph, KnowledgeGraph
from diplograph.ontology.errors import InputError

__all__ = ["JSONL_FILES", "evidence_row", "read_jsonl", "write_jsonl"]

T = TypeVar("T")

# Halves of surrogate pairs, which damaged documents hold and UTF-8 cannot: JSON can escape them.
_LONE: Final = re.compile("[\ud800-\udfff]")

JSONL_FILES: Final = ("documents.jsonl", "entities.jsonl", "mentions.jsonl", "claims.jsonl")


def write_jsonl(kg: KnowledgeGraph, folder: Path) -> tuple[Path, ...]:
    """Write the four files into an existing folder and give their paths in the order of JSONL_FILES.

    UTF-8, one object a line, lines in the order of the graph (by id, by place), keys in a fixed order: the
    same graph gives the same bytes. A key whose value is unknown (``iso3``, ``reference_year``) is left out.
    """
    rows: dict[str, Iterable[dict[str, Any]]] = {
        "documents.jsonl": map(_document_row, kg.documents.values()),
        "entities.jsonl": map(_entity_row, kg.entities.values()),
        "mentions.jsonl": map(_mention_row, kg.mentions),
        "claims.jsonl": (_claim_row(key, claim) for key, claim in kg.claims_by_id.items()),
    }
    written = []
    for name in JSONL_FILES:
        path = folder / name
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for row in rows[name]:
                line = json.dumps(row, ensure_ascii=False, separators=(", ", ": "))
                file.write(_LONE.sub(lambda match: f"\\u{ord(match[0]):04x}", line) + "\n")
        written.append(path)
    return tuple(written)


def read_jsonl(folder: Path) -> KnowledgeGraph:
    """Read back what :func:`write_jsonl` wrote; keys that we do not know are ignored.

    Raises:
        InputError: If the folder lacks one of the files, or a line does not hold what it should.
    """
    for name in JSONL_FILES:
        if not (folder / name).is_file():
            raise InputError(
                folder, f"no {name} in this folder", "give the folder that `diplograph build -o` wrote"
            )
    documents = list(_read(folder / "documents.jsonl", _document))
    entities = list(_read(folder / "entities.jsonl", _entity))
    mentions = tuple(_read(folder / "mentions.jsonl", _mention))
    claims = tuple(_read(folder / "claims.jsonl", _claim))
    try:
        return KnowledgeGraph(
            entities={entity.id: entity for entity in entities},
            claims=claims,
            documents={document.id: document for document in documents},
            mentions=mentions,
        )
    except InconsistentGraph as error:
        raise InputError(folder, str(error), "build the folder again") from error


def _document_row(record: DocumentRecord) -> dict[str, Any]:
    row = {
        "id": record.id,
        "file": record.file,
        "title": record.title,
        "publisher": record.publisher,
        "country": record.country,
        "reference_year": record.reference_year,
        "language": record.language,
        "sha256": record.sha256,
        "characters": record.characters,
        "sentences": record.sentences,
        "url": record.url or None,
    }
    return {key: value for key, value in row.items() if value is not None}


def _entity_row(entity: Entity) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": entity.id,
        "class": entity.cls,
        "label": entity.label,
        "aliases": list(entity.aliases),
    }
    if entity.iso3:
        row["iso3"] = entity.iso3
    row["same_as"] = list(entity.same_as)
    row["attributes"] = [list(pair) for pair in entity.attributes]
    return row


def _mention_row(mention: Mention) -> dict[str, Any]:
    return {
        "document": mention.document,
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "class": mention.cls,
        "entity": mention.entity,
        "how": mention.how,
    }


def _claim_row(key: str, claim: Claim) -> dict[str, Any]:
    row = {
        "id": key,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "qualifiers": claim.qualifiers.as_dict(),
        "modality": claim.modality,
        "confidence": claim.confidence,
        "rule": claim.rule,
        "evidence": [evidence_row(piece) for piece in claim.evidence],
    }
    if claim.qualifiers.date_text:
        row["date_text"] = list(claim.qualifiers.date_text)
    return row


def evidence_row(piece: Evidence) -> dict[str, Any]:
    """Give a passage as JSON holds it; what is not known of its place in the source is left out."""
    row = {"document": piece.document, "start": piece.start, "end": piece.end, "text": piece.text}
    place = {"section": piece.section, "page": piece.page, "anchor": piece.anchor}
    return {**row, **{key: value for key, value in place.items() if value}}


def _read(path: Path, make: Callable[[Mapping[str, Any]], T]) -> Iterator[T]:
    # Split at line feeds only: U+2028 and its kin may stand inside a string.
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            try:
                yield make(json.loads(line))
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                problem = f"line {number} cannot be read ({type(error).__name__}: {error})"
                raise InputError(path, problem, "build the folder again") from error


def _document(row: Mapping[str, Any]) -> DocumentRecord:
    return DocumentRecord(
        id=row["id"],
        file=row.get("file", ""),
        title=row.get("title", ""),
        publisher=row.get("publisher", ""),
        country=row.get("country", ""),
        reference_year=row.get("reference_year"),
        language=row.get("language", "en"),
        sha256=row.get("sha256", ""),
        characters=row.get("characters", 0),
        sentences=row.get("sentences", 0),
        url=row.get("url", ""),
    )


def _entity(row: Mapping[str, Any]) -> Entity:
    return Entity(
        id=row["id"],
        cls=row["class"],
        label=row["label"],
        aliases=tuple(row.get("aliases", ())),
        iso3=row.get("iso3", ""),
        same_as=tuple(row.get("same_as", ())),
        attributes=tuple((key, value) for key, value in row.get("attributes", ())),
    )


def _mention(row: Mapping[str, Any]) -> Mention:
    return Mention(
        document=row["document"],
        span=Span(row["start"], row["end"]),
        text=row["text"],
        cls=row["class"],
        entity=row["entity"],
        how=row.get("how", ""),
    )


def _claim(row: Mapping[str, Any]) -> Claim:
    claim = Claim(
        subject=row["subject"],
        predicate=row["predicate"],
        object=row["object"],
        qualifiers=Qualifiers.from_dict(row.get("qualifiers", {})).worded(row.get("date_text", ())),
        modality=row.get("modality", "asserted"),
        confidence=row["confidence"],
        rule=row["rule"],
        evidence=tuple(
            Evidence(
                document=piece["document"],
                start=piece["start"],
                end=piece["end"],
                text=piece["text"],
                section=piece.get("section", ""),
                page=piece.get("page", 0),
                anchor=piece.get("anchor", ""),
            )
            for piece in row["evidence"]
        ),
    )
    if claim.id != row.get("id", claim.id):
        msg = f"the id {row['id']!r} is not that of what the claim says, {claim.id!r}"
        raise ValueError(msg)
    return claim
