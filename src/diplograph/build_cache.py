"""Keep what was read out of each document, by the content of everything it depends on."""

import hashlib
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib import import_module, metadata
from pathlib import Path

from diplograph.extract.manifest import Source
from diplograph.extract.records import Extraction
from diplograph.extraction_lines import read_lines, write_lines
from diplograph.mapping import NotEnglish, Task, source_bytes_hash

__all__ = [
    "CACHE_FOLDER",
    "DamagedEntry",
    "Refused",
    "answers",
    "entry_path",
    "package_version",
    "read_entry",
    "rules_version",
    "task_key",
    "write_entry",
]

CACHE_FOLDER = ".cache"
_FORMAT = "diplograph-extraction-1"
# Kinds of entries: a document in English, one in another language that was read all the same, or was not.
_READ, _FORCED, _REFUSED = "read", "forced", "refused"
# Everything that decides what is read out of a document: stages, and the modules that call them.
_READING = ("diplograph.extract", "diplograph.ontology")
_CALLING = ("diplograph.extraction_lines", "diplograph.mapping", "diplograph.build_cache")
# Extras whose packages read documents; the others come after reading.
_READING_EXTRAS = ("html", "pdf", "office")


class DamagedEntry(ValueError):
    """A file of the cache is not what was written; the document is read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What is kept of a document whose language is not read: why, and what to do."""

    problem: str
    remedy: str


@cache
def rules_version() -> str:
    """Give a hash over all that extraction depends on besides the document: 16 hex digits.

    That is: every file of the stages ``extract`` and ``ontology`` (code, rules, vocabularies, weights), the
    versions of the packages that they use, and that of Python. It is computed once a process.
    """
    return _version(_READING, _CALLING)


@cache
def package_version() -> str:
    """Give a hash over every file of Diplograph and the versions of its packages: 16 hex digits."""
    return _version(("diplograph", *_READING, "diplograph.graph", "diplograph.exports"), ())


def _version(packages: tuple[str, ...], modules: tuple[str, ...]) -> str:
    told = hashlib.sha256()
    for name in packages:
        folder = Path(import_module(name).__path__[0])
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).parts):
            if path.is_file() and path.suffix != ".pyc":
                told.update(f"{name}/{path.relative_to(folder).as_posix()}\0".encode())
                told.update(hashlib.sha256(path.read_bytes()).digest())
    for name in modules:
        told.update(hashlib.sha256(Path(str(import_module(name).__file__)).read_bytes()).digest())
    told.update("\n".join(_installed()).encode())
    told.update(f"python {sys.version_info[:2]} unicode {unicodedata.unidata_version}".encode())
    return told.hexdigest()[:16]


def _installed() -> Iterator[str]:
    """Yield name and version of each package that reading may use, in the order of our requirements."""
    try:
        wanted = metadata.requires("diplograph") or []
    except metadata.PackageNotFoundError:
        wanted = []
    for requirement in sorted(wanted):
        extra = re.search(r"extra\s*==\s*[\"']([\w-]+)", requirement)
        if extra and extra[1] not in _READING_EXTRAS:
            continue
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield f"{name} -"


def task_key(task: Task) -> str:
    """Give the name under which a task's result is kept: a hash over all that it depends on, 32 hex digits.

    Raises:
        OSError: The file cannot be read.
    """
    source = task.source
    told = [
        _FORMAT,
        rules_version(),
        _content(source),
        source.path.name,
        *(getattr(source, f.name) for f in fields(source) if f.name != "path"),
        task.document,
    ]
    return hashlib.sha256(json.dumps(told).encode("ascii")).hexdigest()[:32]


def _content(source: Source) -> str:
    """Give the SHA-256 of the file that holds a document; that of an archive is remembered for its members."""
    if not source.member:
        return source_bytes_hash(source.path)
    seen = source.path.stat()
    return _archive_hash(source.path, seen.st_size, seen.st_mtime_ns, seen.st_ino)


@lru_cache(maxsize=16)
def _archive_hash(path: Path, _size: int, _changed: int, _file: int) -> str:
    return source_bytes_hash(path)


def entry_path(folder: Path, key: str) -> Path:
    """Give the file of a key: folders of two digits keep each small."""
    return folder / key[:2] / f"{key}.jsonl"


def write_entry(folder: Path, key: str, outcome: Extraction | NotEnglish) -> None:
    """Keep the outcome of a task; the file appears whole or not at all.

    Raises:
        OSError: It cannot be written; nothing is left.
    """
    if isinstance(outcome, NotEnglish):
        kind, told = _REFUSED, [outcome.problem, outcome.remedy]
        body = json.dumps(told).encode("ascii") + b"\n"
    else:
        kind = _READ if outcome.document.language == "en" else _FORCED
        body = write_lines(outcome)
    path = entry_path(folder, key)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{key}.{os.getpid()}.part")
    try:
        with fresh.open("wb") as file:
            file.write(_head(key, kind, hashlib.sha256(body).hexdigest()) + body)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def read_entry(path: Path, key: str) -> Extraction | Refused:
    """Read what was kept under a key.

    Raises:
        DamagedEntry: The file is not as it was written, or of another version.
        OSError: It cannot be read.
    """
    kind, body = _parts(path, key)
    try:
        if kind == _REFUSED:
            problem, remedy = json.loads(body)
            return Refused(problem=problem, remedy=remedy)
        return read_lines(body)
    except ValueError as error:
        raise DamagedEntry(f"{path}: {error}") from error


def answers(path: Path, key: str, task: Task) -> bool:
    """Tell whether a file holds what reading the task would give: it is whole, and no language is in the way."""
    try:
        kind, _ = _parts(path, key)
    except (OSError, DamagedEntry):
        return False
    return kind == _READ or kind == (_FORCED if task.force_language else _REFUSED)


def _parts(path: Path, key: str) -> tuple[str, bytes]:
    """Give the kind of an entry and what stands under its first line, if it is as it was written."""
    head, _, body = path.read_bytes().partition(b"\n")
    digest = hashlib.sha256(body).hexdigest()
    for kind in (_READ, _REFUSED, _FORCED):
        if head + b"\n" == _head(key, kind, digest):
            return kind, body
    raise DamagedEntry(f"{path}: is damaged")


def _head(key: str, kind: str, digest: str) -> bytes:
    told = [_FORMAT, key, kind, digest]
    return json.dumps(told).encode("ascii") + b"\n"
