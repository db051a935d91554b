"""Say which files to read, and what is known about each before it is opened."""

import csv
import difflib
import functools
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from diplograph.extract.loading import (
    ARCHIVE_ENDING,
    READ_ENDINGS,
    bare_name,
    decode,
    ending_of,
)
from diplograph.extract.loading_archives import member_names
from diplograph.extract.loading_names import is_web_address
from diplograph.ontology.errors import InputError
from diplograph.ontology.vocabulary import read_table, vocabulary_folder

__all__ = ["COLUMNS", "Source", "find_sources", "read_manifest"]

COLUMNS = ("file", "title", "publisher", "country", "reference_year", "url")
MANIFEST_NAME = "manifest.csv"
# The manifest that a folder may bring along.
FOLDER_MANIFEST = "manifest.csv"
MANIFEST_ENDING = ".csv"
YEAR_RANGE = range(1000, 2101)  # treaties of the Middle Ages are read; a year beyond 2100 is a slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to read and what the user says about it; empty or None where nothing is said.

    ``country`` is an ISO 3166-1 alpha-3 code; ``member`` names the file inside a zip archive; ``url`` is the
    web address that the file was fetched from.
    """

    path: Path
    title: str = ""
    publisher: str = ""
    country: str = ""
    reference_year: int | None = None
    member: str = ""
    url: str = ""


def find_sources(inputs: Sequence[Path], manifest: Path | None = None) -> tuple[Source, ...]:
    """List the sources that ``inputs`` mean: files, folders, patterns (``*.txt``) and ``.csv`` manifests.

    Folders are read with all below them, but only files whose endings are known; a zip archive stands for
    the files in it. ``manifest`` adds
    what it says to the files found and no further files; without inputs it names the files itself; without
    it the ``manifest.csv`` of a folder that is read does the same for that folder. A file named twice is one source; what an earlier naming leaves open, a later one fills. Sorted by path.

    Raises:
        InputError: A path does not exist, a folder holds nothing to read, a manifest is wrong.
    """
    found: dict[Path, Source] = {}
    manifests: list[Path] = []

    def add(source: Source) -> None:
        key = source.path.resolve()
        found[key] = _merged(found[key], source) if key in found else source

    for path in (match for given in inputs for match in _matches(given)):
        if path.is_dir():
            for file in _files_below(path):
                add(Source(path=file))
            if manifest is None and (path / FOLDER_MANIFEST).is_file():
                manifests.append(path / FOLDER_MANIFEST)
        elif path.suffix.lower() == MANIFEST_ENDING:
            for source in read_manifest(path):
                add(source)
        else:
            add(Source(path=path))
    if manifest is not None:
        manifests.append(manifest)
    for told in manifests:
        for source in read_manifest(told):
            if not inputs or source.path.resolve() in found:
                add(source)
    sources = [part for source in found.values() for part in _parts(source)]
    return tuple(sorted(sources, key=lambda source: (source.path.as_posix(), source.member)))


def read_manifest(path: Path, *, exists: Callable[[Path], bool] = Path.is_file) -> tuple[Source, ...]:
    """Read a manifest: a CSV with the columns of :data:`COLUMNS`, of which only ``file`` is needed.

    Files are relative to the manifest's folder. Sources keep the order of the lines. Of several lines for
    one file (press archives have them) the first counts; what it leaves open, a later one fills. ``exists`` tells
    whether there is a file, where these are not beside the manifest.

    Raises:
        InputError: The manifest cannot be read; the message names the line and the remedy.
    """
    if not path.is_file():
        raise InputError(path, "does not exist", _nearest_name(path))
    text = decode(path.read_bytes(), path)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = _columns(path, next(rows, []))
        sources: dict[Path, Source] = {}
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            where = rows.line_num
            source = _source(path, where, columns, row, exists)
            key = source.path.resolve()
            sources[key] = _merged(sources[key], source) if key in sources else source
    except csv.Error as error:
        problem = f"line {rows.line_num}: is not CSV ({error})"
        raise InputError(path, problem, "quote cells that hold commas or quotes") from error
    if not sources:
        raise InputError(path, "names no file", "add one line for each document under the line of columns")
    return tuple(sources.values())


def _columns(path: Path, header: Sequence[str]) -> Mapping[str, int]:
    """Map each column's name to its place in the rows."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = cell.strip()
        if name not in COLUMNS:
            close = difflib.get_close_matches(name.lower(), COLUMNS, n=1, cutoff=0.5)
            remedy = f"did you mean {close[0]!r}?" if close else f"the columns are {', '.join(COLUMNS)}"
            raise InputError(path, f"line 1: unknown column {name!r}", remedy)
        if name in columns:
            raise InputError(path, f"line 1: column {name!r} stands twice", "remove one of the two")
        columns[name] = place
    if "file" not in columns:
        remedy = f"begin the manifest with the line {','.join(COLUMNS)}"
        raise InputError(path, "line 1: the column 'file' is missing", remedy)
    return columns


def _source(
    path: Path,
    where: int,
    columns: Mapping[str, int],
    row: Sequence[str],
    exists: Callable[[Path], bool],
) -> Source:
    """Turn one line of the manifest into a source."""
    if len(row) > len(columns):
        problem = f"line {where}: has {len(row)} cells, the first line has {len(columns)}"
        raise InputError(path, problem, "quote cells that hold commas")
    cells = {name: row[place].strip() if place < len(row) else "" for name, place in columns.items()}
    if not cells["file"]:
        raise InputError(path, f"line {where}: no file is named", "fill the column 'file'")
    file = path.parent / cells["file"]
    if not exists(file):
        problem = f"line {where}: file {cells['file']!r} does not exist beside the manifest"
        raise InputError(path, problem, _nearest_name(file))
    country = cells.get("country", "")
    if country and country not in _country_codes():
        problem = f"line {where}: {country!r} is not the code of a country"
        raise InputError(path, problem, _country_remedy(country))
    year = cells.get("reference_year", "")
    if year and not (year.isascii() and year.isdigit() and int(year) in YEAR_RANGE):
        problem = f"line {where}: reference_year {year!r} is not a year"
        raise InputError(path, problem, "write four digits, such as 2016, or leave it empty")
    url = cells.get("url", "")
    if url and not is_web_address(url):
        problem = f"line {where}: {url!r} is no web address"
        raise InputError(path, problem, "begin it with https:// or http://, or leave it empty")
    return Source(
        path=file,
        title=cells.get("title", ""),
        publisher=cells.get("publisher", ""),
        country=country,
        reference_year=int(year) if year else None,
        url=url,
    )


@functools.cache
def _country_codes() -> frozenset[str]:
    """Give the codes of the vocabulary, those of former states among them."""
    return frozenset(row["id"] for row in read_table(vocabulary_folder() / "countries.tsv"))


def _country_remedy(country: str) -> str:
    """Suggest the code that ``country`` (a mistyped code or a name) may stand for."""
    wanted = country.casefold()
    for row in read_table(vocabulary_folder() / "countries.tsv"):
        if wanted in (row["id"].casefold(), row["label"].casefold()):
            return f"did you mean {row['id']!r}?"
    close = difflib.get_close_matches(country.upper(), sorted(_country_codes()), n=1, cutoff=0.6)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    return f"write the ISO 3166-1 alpha-3 code, such as JPN, or leave it empty{hint}"


def _merged(first: Source, second: Source) -> Source:
    """Fill what ``first`` leaves open with what ``second`` says."""
    return replace(
        first,
        title=first.title or second.title,
        publisher=first.publisher or second.publisher,
        country=first.country or second.country,
        reference_year=second.reference_year if first.reference_year is None else first.reference_year,
        url=first.url or second.url,
    )


def _matches(path: Path) -> list[Path]:
    """Give the path itself if it exists, or the files that it matches as a pattern such as ``*.txt``."""
    if path.exists():
        return [path]
    root = Path(path.anchor)
    try:
        found = list(root.glob(str(path.relative_to(root))))
    except (ValueError, NotImplementedError):  # no pattern
        found = []
    if not found:
        raise InputError(path, "does not exist", _nearest_name(path))
    return sorted(found)


def _parts(source: Source) -> tuple[Source, ...]:
    """Give a source for each document in an archive; one without any stays, to be refused when read."""
    if ending_of(source.path.name) != ARCHIVE_ENDING:
        return (source,)
    endings = sorted(READ_ENDINGS - {ARCHIVE_ENDING})
    return tuple(replace(source, member=name) for name in member_names(source.path, endings)) or (source,)


def _files_below(folder: Path) -> list[Path]:
    """List the readable files below a folder, hidden ones and manifests left out, sorted."""
    files = [
        path
        for path in folder.rglob("*")
        if ending_of(path.name) in READ_ENDINGS
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    ]
    if not files:
        endings = ", ".join(sorted(READ_ENDINGS))
        raise InputError(folder, "holds nothing to read", f"the endings that are read are {endings}")
    return sorted(files, key=lambda path: path.as_posix())


def _nearest_name(path: Path) -> str:
    """Suggest the existing path that is written most like ``path``."""
    parent = path.parent
    while not parent.is_dir() and parent != parent.parent:
        path, parent = parent, parent.parent
    names = sorted(entry.name for entry in parent.iterdir()) if parent.is_dir() else []
    wanted = path.name.lower()
    by_fold = {name.lower(): name for name in reversed(names)}
    close = difflib.get_close_matches(wanted, sorted(by_fold), n=1, cutoff=0.6)
    if not close:
        close = [fold for fold in sorted(by_fold) if bare_name(fold) == bare_name(wanted)][:1]
    if close:
        return f"did you mean {(parent / by_fold[close[0]]).as_posix()!r}?"
    return f"check the spelling; the folder looked in is {parent.resolve().as_posix()!r}"
