"""What runs on the machines of a Spark cluster: functions from records to records, without Spark in them.

Values between the steps are strings and bytes of JSON (`extraction_lines`), which travel as they are.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from typing import Literal, TypeAlias

from diplograph.build_cache import rules_version
from diplograph.build_workers import task_of_row
from diplograph.extract.loading import READ_ENDINGS
from diplograph.extract.loading_archives import member_names
from diplograph.extract.records import Claim, Document, Entity, Extraction
from diplograph.extraction_lines import read_lines, read_record, write_lines, write_record
from diplograph.graph.build import merge_claims, merge_descriptions
from diplograph.graph.knowledge import DocumentRecord, InconsistentGraph
from diplograph.mapping import extract_one
from diplograph.ontology.errors import DiplographError, InputError

__all__ = [
    "OtherRules",
    "Outcome",
    "add_told",
    "archive_members",
    "document_quads",
    "entity_quads",
    "extract_files",
    "merge_said",
    "merge_told",
    "quotes",
    "read_documents",
    "record_quads",
    "said",
    "told",
]

# A document's id, what became of it, and its extraction as lines, or why there is none.
Outcome: TypeAlias = tuple[str, Literal["read", "failed"], bytes]
# Of an entity: whether something speaks of it, must find it described, and how many documents describe it how.
Told: TypeAlias = tuple[bool, bool, dict[str, int]]

_SOME = 2_000  # records that become N-Quads at a time


class OtherRules(DiplographError, RuntimeError):
    """A machine of the cluster has another version of Diplograph, or of what it reads with."""


@cache
def _extractor() -> Callable[[Document], Extraction]:
    """Load the extractor, once a process: Spark uses its Python processes again for the next task."""
    from diplograph.extract.extractor import load_extractor

    return load_extractor()


def extract_files(
    files: Iterable[tuple[str, bytes]],
    tasks: Mapping[str, str],
    rules: str,
    min_confidence: float,
) -> Iterator[Outcome]:
    """Read documents from the bytes of their files.

    Args:
        files: Each with the address that Spark gives it.
        tasks: For each address the documents that the file holds, as a list in JSON
            of rows (``build_workers.row_of_task``): a million of them as Python values would not fit memory.
        rules: The version of the rules that all machines must have.
        min_confidence: As for :func:`diplograph.pipeline.merge`.

    Raises:
        OtherRules: This machine has another version.
    """
    from diplograph.pipeline import without_doubtful

    if rules_version() != rules:
        raise OtherRules(
            f"a machine of the cluster has rules {rules_version()}, the driver {rules}; "
            "install the same versions of Diplograph and of its packages on all"
        )
    for address, data in files:
        for row in json.loads(tasks.get(address, "[]")):
            task = task_of_row(row)
            # A reader takes a file, and its name tells the format.
            with tempfile.TemporaryDirectory(prefix="diplograph-") as folder:
                path = Path(folder) / task.source.path.name
                path.write_bytes(data)
                here = replace(task, source=replace(task.source, path=path))
                try:
                    extraction = extract_one(here, _extractor())
                except InputError as error:
                    yield _failed(task.document, f"{task.name}: {error.problem}; {error.remedy}")
                    continue
                except Exception as error:  # a fault of ours, or of a reader: the other documents are built
                    why = f"{type(error).__name__}: {error}".splitlines()[0][:200]
                    yield _failed(task.document, f"{task.name}: could not be read ({why}); report this")
                    continue
            yield task.document, "read", write_lines(without_doubtful(extraction, min_confidence))


def _failed(document: str, message: str) -> Outcome:
    return document, "failed", message.encode("utf-8", "surrogatepass")


def archive_members(file: tuple[str, bytes]) -> tuple[str, tuple[str, ...]]:
    """Give the address of an archive with the documents in it, as ``find_sources`` lists them."""
    address, data = file
    endings = sorted(READ_ENDINGS - {".zip"})
    with tempfile.TemporaryDirectory(prefix="diplograph-") as folder:
        path = Path(folder) / "archive.zip"
        path.write_bytes(data)
        return address, member_names(path, endings)


def read_documents(outcome: Outcome) -> tuple[DocumentRecord, str | None]:
    """Give a document without its text, and the text where no file holds it as it is."""
    from diplograph.pipeline import is_plain

    document = read_lines(outcome[2]).document
    return DocumentRecord.of(document), None if is_plain(document) else document.text


# -- claims -----------------------------------------------------------------------------------------


def said(outcome: Outcome) -> list[tuple[str, str]]:
    """Give the claims of a document by their ids."""
    return [(claim.id, write_record(claim)) for claim in read_lines(outcome[2]).claims]


def merge_said(group: tuple[str, Iterable[str]]) -> str:
    """Make what documents say under one id one claim."""
    (claim,) = merge_claims(read_record(Claim, line) for line in sorted(group[1]))
    return write_record(claim)


def quotes(line: str) -> list[tuple[str, tuple[str, str]]]:
    """Give a claim, by its id, to each document that it quotes, with the passages of that document only."""
    claim = read_record(Claim, line)
    return [
        (document, (claim.id, write_record(claim.quoting(pieces))))
        for document, pieces in groupby(claim.evidence, key=lambda piece: piece.document)
    ]


# -- entities ---------------------------------------------------------------------------------------


def told(outcome: Outcome) -> list[tuple[str, Told]]:
    """Give what a document tells of entities: how it describes them, and which it speaks of."""
    extraction = read_lines(outcome[2])
    groups: dict[str, set[str]] = {}
    for entity in extraction.entities:
        groups.setdefault(entity.id, set()).add(write_record(entity))
    needed = {mention.entity for mention in extraction.mentions}
    used: set[str] = set()
    for claim in extraction.claims:
        needed.update((claim.subject, claim.object))
        used.update(end for end in (claim.qualifiers.place, claim.qualifiers.issue) if end)
    return [
        (key, (key in needed or key in used, key in needed, _once(groups.get(key))))
        for key in sorted({*groups, *needed, *used})
    ]


def _once(group: set[str] | None) -> dict[str, int]:
    return {"\n".join(sorted(group)): 1} if group else {}


def add_told(one: Told, other: Told) -> Told:
    """Put together what two sets of documents tell of an entity; changes the first."""
    counts = one[2]
    for line, number in other[2].items():
        counts[line] = counts.get(line, 0) + number
    return one[0] or other[0], one[1] or other[1], counts


def merge_told(group: tuple[str, Told]) -> list[str]:
    """Make what is told of one entity one description, or none where nothing speaks of it.

    Raises:
        InconsistentGraph: A claim or mention speaks of what no document describes.
    """
    key, (used, needed, counts) = group
    if not counts and needed:
        raise InconsistentGraph(key, "is spoken of, but it is no entity", "add its Entity")
    if not counts or not used:
        return []
    described = {
        frozenset(read_record(Entity, line) for line in lines.split("\n")): number
        for lines, number in sorted(counts.items())
    }
    return [write_record(merge_descriptions(described))]


# -- N-Quads ----------------------------------------------------------------------------------------


def record_quads(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield the lines that describe documents."""
    from diplograph.exports.rdf_write import entities_text, quad_lines

    source = iter(outcomes)
    while some := [read_documents(outcome)[0] for outcome in islice(source, _SOME)]:
        yield from map(bytes.decode, quad_lines(entities_text(some, ())))


def entity_quads(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines that describe entities."""
    from diplograph.exports.rdf_write import entities_text, quad_lines

    source = iter(lines)
    while some := [read_record(Entity, line) for line in islice(source, _SOME)]:
        yield from map(bytes.decode, quad_lines(entities_text((), some)))


def document_quads(group: tuple[str, Iterable[tuple[str, str]]]) -> Iterator[str]:
    """Yield the lines of the graph of one document: what :func:`quotes` gave it."""
    from diplograph.exports.rdf_write import claims_text, quad_lines

    document, claims = group
    text = claims_text(document, [read_record(Claim, line) for _, line in sorted(claims)])
    yield from map(bytes.decode, quad_lines(text))
