"""Try the extractor on a text: claims of a few sentences or a file as a table or JSON Lines."""

import json
from collections.abc import Sequence

from diplograph.exports.jsonl import evidence_row
from diplograph.extract.extractor import load_extractor
from diplograph.extract.records import Claim, Document, Entity, Extraction, Rejection
from diplograph.extract.sentences import split_sentences
from diplograph.extract.structure import structure
from diplograph.ontology.errors import InputError

__all__ = [
    "claim_lines",
    "claim_table",
    "extract_documents",
    "extract_text",
    "rejected_lines",
    "rejected_table",
]


def extract_text(text: str, *, country: str = "", reference_year: int | None = None) -> Extraction:
    """Read a text that is no file; its document has the id ``text``.

    Args:
        text: Any number of sentences or paragraphs.
        country: ISO 3166-1 alpha-3 code of the author's own state, or empty.
        reference_year: The year that undated months belong to, or None.

    Raises:
        InputError: The text holds nothing but white space.
    """
    if not text.strip():
        raise InputError("-", "holds no text", "pipe a text in, or name a file")
    sections, blocks = structure(text)
    document = Document(
        id="text",
        file="-",
        text=text,
        country=country,
        reference_year=reference_year,
        sections=sections,
        blocks=blocks,
        sentences=split_sentences(text, blocks),
    )
    return load_extractor()(document)


def extract_documents(documents: Sequence[Document]) -> tuple[Extraction, ...]:
    """Read documents that were loaded from files, in their order."""
    extract = load_extractor()
    return tuple(extract(document) for document in documents)


def claim_table(extraction: Extraction) -> str:
    """Give the claims in the order of the text, each as a line and its sentence below."""
    entities = {e.id: e for e in extraction.entities}
    rows = []
    for claim in _in_order(extraction):
        more = "; ".join(f"{name}={value}" for name, value in claim.qualifiers.as_dict().items())
        modality = "" if claim.modality == "asserted" else claim.modality
        told = ", ".join(filter(None, [more, modality]))
        rows.append(
            f"{_label(entities, claim.subject)} | {claim.predicate} | {_label(entities, claim.object)}"
            f"{f' ({told})' if told else ''}  {claim.confidence:.2f}  [{claim.rule}]\n"
            f"    {' '.join(claim.evidence[0].text.split())}\n"
        )
    return "".join(rows) or "no claims\n"


def claim_lines(extraction: Extraction) -> str:
    """Give the claims in the order of the text as JSON Lines: as in ``claims.jsonl``, and the labels."""
    entities = {e.id: e for e in extraction.entities}
    return "".join(
        json.dumps(
            {
                "id": claim.id,
                "subject": claim.subject,
                "subject_label": _label(entities, claim.subject),
                "predicate": claim.predicate,
                "object": claim.object,
                "object_label": _label(entities, claim.object),
                "qualifiers": claim.qualifiers.as_dict(),
                "modality": claim.modality,
                "confidence": claim.confidence,
                "rule": claim.rule,
                "evidence": [evidence_row(piece) for piece in claim.evidence],
            },
            ensure_ascii=False,
        )
        + "\n"
        for claim in _in_order(extraction)
    )


def rejected_table(extraction: Extraction) -> str:
    """Give the candidates that became no claims, in the order of the text, each with the reason and its sentence."""
    entities = {e.id: e for e in extraction.entities}
    rows = [
        f"rejected: {_label(entities, r.subject)} | {r.predicate} | {_label(entities, r.object)}"
        f"  {r.reason}  [{r.rule}]\n    {' '.join(_words(extraction, r).split())}\n"
        for r in _rejected(extraction)
    ]
    return "".join(rows) or "nothing rejected\n"


def rejected_lines(extraction: Extraction) -> str:
    """Give the candidates that became no claims as JSON Lines, told from claims by their key ``rejected``."""
    return "".join(
        json.dumps(
            {
                "rejected": r.reason,
                "subject": r.subject,
                "predicate": r.predicate,
                "object": r.object,
                "rule": r.rule,
                "evidence": [
                    {
                        "document": r.document,
                        "start": r.span.start,
                        "end": r.span.end,
                        "text": _words(extraction, r),
                    }
                ],
            },
            ensure_ascii=False,
        )
        + "\n"
        for r in _rejected(extraction)
    )


def _rejected(extraction: Extraction) -> list[Rejection]:
    return sorted(
        dict.fromkeys(extraction.rejections),
        key=lambda r: (r.span.start, r.predicate, r.subject, r.object, r.rule),
    )


def _words(extraction: Extraction, rejection: Rejection) -> str:
    return extraction.document.text[rejection.span.start : rejection.span.end]


def _in_order(extraction: Extraction) -> list[Claim]:
    return sorted(
        extraction.claims, key=lambda c: (c.evidence[0].start, c.predicate, c.subject, c.object, c.id)
    )


def _label(entities: dict[str, Entity], key: str) -> str:
    return entities[key].label if key in entities else key
