"""The report of a build in Markdown: what is in the graph, and how well the documents were read."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from diplograph.extract.records import Extraction, Rejection
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.model import ENTITY_CLASSES, MODALITIES, RELATIONS

__all__ = ["Coverage", "measure_coverage", "render_report"]

# How many rows the "best connected" and "weakest" tables show: what fits on a screen beside the others.
TOP: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many sentences of one document were read, name somebody, and support a claim.

    ``only_rejected`` counts sentences without a claim that a rule read something in; ``unread`` the blocks
    in which no sentence was read, by their kind, sorted.
    """

    document: str
    sentences: int
    with_mentions: int
    with_claims: int
    only_rejected: int = 0
    unread: tuple[tuple[str, int], ...] = ()


def measure_coverage(extraction: Extraction) -> Coverage:
    """Count the sentences of a document in which a mention starts, and in which a claim's evidence starts."""
    document = extraction.document
    starts = [sentence.span.start for sentence in document.sentences]
    ends = [sentence.span.end for sentence in document.sentences]

    def hit(places: Iterable[int]) -> set[int]:
        found = set()
        for place in places:
            index = bisect_right(starts, place) - 1
            if index >= 0 and place < ends[index]:
                found.add(index)
        return found

    pieces = (piece for claim in extraction.claims for piece in claim.evidence)
    told = hit(piece.start for piece in pieces if piece.document == document.id)
    rejected = hit(r.span.start for r in extraction.rejections if r.document == document.id)
    read = {sentence.block for sentence in document.sentences}
    unread = Counter(block.kind for index, block in enumerate(document.blocks) if index not in read)
    return Coverage(
        document=document.id,
        sentences=len(starts),
        with_mentions=len(hit(mention.span.start for mention in extraction.mentions)),
        with_claims=len(told),
        only_rejected=len(rejected - told),
        unread=tuple(sorted(unread.items())),
    )


def render_report(
    kg: KnowledgeGraph,
    *,
    coverage: Sequence[Coverage] = (),
    rejections: Sequence[Rejection] = (),
    validation: str = "",
    graph_hash: str = "",
    version: str = "",
) -> str:
    """Tell in Markdown what a build made; the same arguments give the same bytes, no clock is read.

    Args:
        kg: The graph.
        coverage: Sentence counts of the documents (:func:`measure_coverage`).
        rejections: Candidates that did not become claims.
        validation: The outcome of the SHACL validation, in words; shown as it is.
        graph_hash: The canonical hash of the RDF graph.
        version: What built it, such as "Diplograph 0.1.0".
    """
    parts = [
        _head(kg, validation, graph_hash, version),
        _documents(kg, {item.document: item for item in coverage}),
        _coverage(sorted(coverage, key=lambda item: item.document), rejections),
        _kinds(kg),
        _connected(kg),
        _confidence(kg),
    ]
    return "\n".join("\n".join(part) for part in parts).rstrip("\n") + "\n"


def _cell(text: object) -> str:
    return str(text).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a Markdown table; columns after the first are right-aligned when all their cells are numbers."""
    cells = [[_cell(value) for value in row] for row in rows]
    number = [all(isinstance(row[i], str) and _is_number(row[i]) for row in cells) for i in range(len(head))]
    yield "| " + " | ".join(head) + " |"
    yield "| " + " | ".join("---:" if right else "---" for right in number) + " |"
    for row in cells:
        yield "| " + " | ".join(row) + " |"
    yield ""


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").rstrip("%").strip().isdigit()


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "0%"


def _head(kg: KnowledgeGraph, validation: str, graph_hash: str, version: str) -> Iterator[str]:
    yield "# Build report\n"
    pieces = sum(len(claim.evidence) for claim in kg.claims)
    yield (
        f"{len(kg.documents):,} documents, {len(kg.mentions):,} mentions, {len(kg.entities):,} entities, "
        f"{len(kg.claims):,} claims with {pieces:,} pieces of evidence.\n"
    )
    if version:
        yield f"* Built by: {version}"
    yield f"* Validation: {validation or 'not run'}"
    yield f"* Hash of the graph: {f'`{graph_hash}`' if graph_hash else 'not computed'}"
    yield ""


def _documents(kg: KnowledgeGraph, coverage: Mapping[str, Coverage]) -> Iterator[str]:
    mentions = Counter(mention.document for mention in kg.mentions)
    claims: Counter[str] = Counter()
    for claim in kg.claims:
        claims.update({piece.document for piece in claim.evidence})
    yield "## Documents\n"
    yield from _table(
        ("document", "title", "publisher", "state", "year", "characters", "sentences", "mentions", "claims"),
        (
            (
                key,
                record.title,
                record.publisher,
                record.country,
                "" if record.reference_year is None else record.reference_year,
                f"{record.characters:,}",
                f"{coverage[key].sentences if key in coverage else record.sentences:,}",
                f"{mentions[key]:,}",
                f"{claims[key]:,}",
            )
            for key, record in kg.documents.items()
        ),
    )


def _coverage(coverage: Sequence[Coverage], rejections: Sequence[Rejection]) -> Iterator[str]:
    yield "## Coverage\n"
    if coverage:
        read = sum(item.sentences for item in coverage)
        named = sum(item.with_mentions for item in coverage)
        told = sum(item.with_claims for item in coverage)
        rejected = sum(item.only_rejected for item in coverage)
        yield from _table(
            ("sentences", "number", "share"),
            (
                ("read", f"{read:,}", _share(read, read)),
                ("with mentions", f"{named:,}", _share(named, read)),
                ("with claims", f"{told:,}", _share(told, read)),
                ("without: all candidates rejected", f"{rejected:,}", _share(rejected, read)),
                (
                    "without: no rule reads anything",
                    f"{read - told - rejected:,}",
                    _share(read - told - rejected, read),
                ),
            ),
        )
        unread: Counter[str] = Counter()
        for item in coverage:
            unread.update(dict(item.unread))
        if unread:
            yield from _table(
                ("blocks without a sentence", "number"), ((k, f"{n:,}") for k, n in _ranked(unread))
            )
    yield f"Candidates rejected: {len(rejections):,}.\n"
    if rejections:
        reasons = Counter(item.reason for item in rejections)
        yield from _table(("reason", "candidates"), ((k, f"{n:,}") for k, n in _ranked(reasons)))
        rules = Counter(item.rule for item in rejections)
        yield from _table(
            ("rule of rejected candidates", "candidates"), ((k, f"{n:,}") for k, n in _ranked(rules)[:TOP])
        )


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _kinds(kg: KnowledgeGraph) -> Iterator[str]:
    entities = Counter(entity.cls for entity in kg.entities.values())
    named = Counter(mention.cls for mention in kg.mentions)
    yield "## Entities by class\n"
    yield from _table(
        ("class", "entities", "mentions"),
        ((cls, f"{entities[cls]:,}", f"{named[cls]:,}") for cls in ENTITY_CLASSES),
    )
    relations = Counter(claim.predicate for claim in kg.claims)
    asserted = Counter(claim.predicate for claim in kg.claims if claim.modality == "asserted")
    yield "## Claims by relation\n"
    yield from _table(
        ("relation", "claims", "asserted"),
        ((name, f"{relations[name]:,}", f"{asserted[name]:,}") for name in RELATIONS),
    )
    modalities = Counter(claim.modality for claim in kg.claims)
    yield "## Claims by modality\n"
    yield from _table(("modality", "claims"), ((name, f"{modalities[name]:,}") for name in MODALITIES))


def _connected(kg: KnowledgeGraph) -> Iterator[str]:
    partners: dict[str, set[str]] = {}
    claims: Counter[str] = Counter()
    for claim in kg.claims:
        ends = {claim.subject, claim.object}
        for here in sorted(ends):
            partners.setdefault(here, set()).update(ends - {here})
            claims[here] += 1
    ranked = sorted(partners, key=lambda key: (-len(partners[key]), -claims[key], key))[:TOP]
    yield "## Best connected\n"
    yield from _table(
        ("entity", "class", "neighbours", "claims"),
        (
            (kg.entities[key].label, kg.entities[key].cls, f"{len(partners[key]):,}", f"{claims[key]:,}")
            for key in ranked
        ),
    )


def _confidence(kg: KnowledgeGraph) -> Iterator[str]:
    bins = Counter(min(9, int(claim.confidence * 10 + 1e-9)) for claim in kg.claims)
    widest = max(bins.values(), default=1)
    yield "## Confidence\n"
    yield from _table(
        ("confidence", "claims", "histogram"),
        (
            (f"{i / 10:.1f} to {(i + 1) / 10:.1f}", f"{bins[i]:,}", "#" * -(-40 * bins[i] // widest))
            for i in range(10)
        ),
    )
    rules = Counter(claim.rule for claim in kg.claims)
    yield "## Claims by rule\n"
    yield from _table(("rule", "claims"), ((name, f"{number:,}") for name, number in _ranked(rules)))
