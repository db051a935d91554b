"""The map of a build: each document on its own, from a file to what is read out of it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from diplograph.extract.loading import MAX_FILE_BYTES, document_ids, load
from diplograph.extract.manifest import Source, find_sources
from diplograph.extract.records import Document, Extraction
from diplograph.ontology.errors import InputError

__all__ = ["NotEnglish", "Task", "extract_one", "find_tasks", "load_one", "source_bytes_hash"]


class NotEnglish(InputError):
    """A document whose language the rules do not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One document to read: its source with all that is told about it, the id it gets, and the limits.

    ``max_file_size`` is in bytes; ``shown`` names the source in messages where its path would say nothing.
    """

    source: Source
    document: str
    force_language: bool = False
    max_file_size: int = MAX_FILE_BYTES
    shown: str = ""

    @property
    def name(self) -> str:
        """The source as messages name it."""
        return self.shown or str(self.source.path / self.source.member)


def find_tasks(
    inputs: Sequence[Path],
    *,
    manifest: Path | None = None,
    title: str = "",
    publisher: str = "",
    country: str = "",
    reference_year: int | None = None,
    force_language: bool = False,
    max_file_size: int = MAX_FILE_BYTES,
    leave_out: Path | None = None,
) -> tuple[Task, ...]:
    """List the documents that ``inputs`` mean, sorted by id, without opening them.

    What the options say fills what the manifest leaves open. Files below the folder ``leave_out`` are no
    documents: a result that lies among the inputs is not read into itself.

    Raises:
        InputError: An input does not exist, or the manifest is wrong.
    """
    sources = find_sources(inputs, manifest)
    if leave_out is not None:
        result = leave_out.resolve()
        sources = tuple(s for s in sources if not s.path.resolve().is_relative_to(result))
    tasks = [
        Task(
            source=replace(
                source,
                title=source.title or title,
                publisher=source.publisher or publisher,
                country=source.country or country,
                reference_year=source.reference_year or reference_year,
            ),
            document=key,
            force_language=force_language,
            max_file_size=max_file_size,
        )
        for source, key in zip(sources, document_ids(sources), strict=True)
    ]
    return tuple(sorted(tasks, key=lambda task: task.document))


def load_one(task: Task) -> Document:
    """Read the file of a task into a document.

    Raises:
        NotEnglish: It is in another language, and the task does not force it.
        InputError: It cannot be read, or is larger than the task allows.
    """
    document = load(task.source, task.document, max_file_size=task.max_file_size)
    if document.language != "en" and not task.force_language:
        raise NotEnglish(
            task.name,
            f"seems to be in the language {document.language!r}, and the rules read English",
            "leave it out, or give --force-language if it is English",
        )
    return document


def extract_one(task: Task, extractor: Callable[[Document], Extraction]) -> Extraction:
    """Read a document and everything that it says; the result depends on nothing but the task and the rules.

    Args:
        task: What to read.
        extractor: What :func:`diplograph.extract.extractor.load_extractor` gives, loaded once a process.

    Raises:
        InputError: As for :func:`load_one`.
    """
    return extractor(load_one(task))


def source_bytes_hash(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, read piece by piece.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
