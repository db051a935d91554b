"""Read files of any known format into documents: bytes to text, text to blocks and sentences."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from diplograph.extract.loading_archives import gunzip, open_zip, read_member
from diplograph.extract.loading_names import PACKED_ENDING, bare_name, document_ids, ending_of
from diplograph.extract.loading_text import decode, named_format
from diplograph.extract.metadata import read_metadata
from diplograph.extract.readers_model import ReadText
from diplograph.extract.records import Document
from diplograph.extract.sentences import split_sentences
from diplograph.extract.structure import structure
from diplograph.ontology.errors import InputError

if TYPE_CHECKING:
    from diplograph.extract.manifest import Source

__all__ = [
    "ARCHIVE_ENDING",
    "PLAIN_ENDINGS",
    "READ_ENDINGS",
    "bare_name",
    "decode",
    "document_ids",
    "ending_of",
    "load",
    "load_document",
]

Reader = Callable[[bytes, str], ReadText]

PLAIN_ENDINGS = frozenset({".txt", ".md"})
ARCHIVE_ENDING = ".zip"
# Ending -> module and function. Readers are imported when first needed: some bring heavy packages.
READERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        ".html": ("readers_html", "read_html"),
        ".htm": ("readers_html", "read_html"),
        ".xhtml": ("readers_html", "read_html"),
        ".pdf": ("readers_pdf", "read_pdf"),
        ".docx": ("readers_office", "read_docx"),
        ".odt": ("readers_office", "read_odt"),
        ".epub": ("readers_epub", "read_epub"),
        ".xml": ("readers_xml", "read_xml"),
    }
)
_SINGLE_ENDINGS = PLAIN_ENDINGS | READERS.keys()
READ_ENDINGS = frozenset(
    {*_SINGLE_ENDINGS, *(f"{ending}{PACKED_ENDING}" for ending in _SINGLE_ENDINGS), ARCHIVE_ENDING}
)
MAX_FILE_BYTES = 100_000_000  # a book of scanned pages; more is no document but a collection


def load(source: "Source", document_id: str, *, max_file_size: int = MAX_FILE_BYTES) -> Document:
    """Read one source into a document with metadata, sections, blocks and sentences.

    For formats other than text files, the document's text is the text extracted from the file, and
    ``pages`` holds the offsets at which its pages begin. ``max_file_size`` is in bytes.

    Raises:
        InputError: The file is missing, empty, too large, broken, or not what its ending says.
    """
    document, read = _read(source, document_id, max_file_size)
    sections, blocks = structure(document.text, hints=read.hints)
    known = read_metadata(document.text, source, blocks=blocks, title=read.title, date=read.date)
    return replace(
        document,
        title=known.title,
        publisher=known.publisher,
        country=known.country,
        reference_year=known.reference_year,
        language=known.language,
        sections=sections,
        blocks=blocks,
        sentences=split_sentences(document.text, blocks),
    )


def load_document(source: "Source", document_id: str, *, max_file_size: int = MAX_FILE_BYTES) -> Document:
    """Read the text of one source, without looking into it; a text file's newlines stay as stored.

    Raises:
        InputError: As for :func:`load`.
    """
    return _read(source, document_id, max_file_size)[0]


def _read(source: "Source", document_id: str, max_file_size: int) -> tuple[Document, ReadText]:
    """Read a source's bytes, unpack them, and let the reader of its ending read them."""
    name = f"{source.path}/{source.member}" if source.member else str(source.path)
    stored = _stored_bytes(source, name, max_file_size)
    ending = ending_of(source.member or source.path.name)
    data = stored
    if ending.endswith(PACKED_ENDING) and ending != PACKED_ENDING:
        data, ending = gunzip(stored, name), ending.removesuffix(PACKED_ENDING)
    if ending in READERS:
        module, function = READERS[ending]
        _check_format(data, ending, name)
        reader = cast("Reader", getattr(import_module(f"diplograph.extract.{module}"), function))
        read = reader(data, name)
    elif ending == ARCHIVE_ENDING:
        open_zip(data, name)
        raise InputError(name, "holds nothing to read", f"the endings that are read are {_endings()}")
    else:
        read = ReadText(text=decode(data, name))
    if not read.text.strip():
        raise InputError(name, "holds no text", "remove the file or fill it")
    document = Document(
        id=document_id,
        file=f"{source.path.name}/{source.member}" if source.member else source.path.name,
        text=read.text,
        title=source.title,
        publisher=source.publisher,
        country=source.country,
        reference_year=source.reference_year,
        sha256=hashlib.sha256(stored).hexdigest(),
        pages=read.pages,
        url=source.url or read.url,
    )
    return document, read


def _stored_bytes(source: "Source", name: str, max_file_size: int) -> bytes:
    """Read the file, or the member of an archive, if it is not too large."""
    try:
        with source.path.open("rb") as file:  # a device tells no size, and may have no end
            data = file.read(max_file_size + 1)
    except OSError as error:
        remedy = "check the path and that you may read it"
        raise InputError(name, f"cannot be read ({error.strerror})", remedy) from error
    except ValueError as error:  # a path with a NUL character
        raise InputError(name, "cannot be read (no valid path)", "check the path") from error
    if len(data) > max_file_size:
        problem = f"is larger than {max_file_size} bytes"
        raise InputError(name, problem, "split it, or raise the limit for the size of files")
    if source.member:
        with open_zip(data, name) as archive:
            return read_member(archive, source.member, name)
    return data


# What a file must begin with to be what its ending says (the formats' own specifications).
_BEGINNINGS: Mapping[str, tuple[bytes, str]] = MappingProxyType(
    {
        ".pdf": (b"%PDF-", "a PDF file"),
        ".docx": (b"PK", "a DOCX file"),
        ".odt": (b"PK", "an ODT file"),
        ".epub": (b"PK", "an EPUB file"),
    }
)
_LEADING_NOISE = 1024  # readers of PDF look for the beginning within the first kilobyte


def _check_format(data: bytes, ending: str, name: str) -> None:
    """Refuse a file that is not what its ending says, and say what it is if that shows."""
    if not data.strip():
        raise InputError(name, "holds no text (it is empty)", "fetch or save the file again")
    if ending not in _BEGINNINGS:
        return
    beginning, what = _BEGINNINGS[ending]
    if beginning not in (data[:_LEADING_NOISE] if ending == ".pdf" else data[: len(beginning)]):
        seen = named_format(data)
        problem = f"is not {what}" + (f" but looks like {seen}" if seen else "")
        raise InputError(name, problem, "give the file the ending of what it is")


def _endings() -> str:
    return ", ".join(sorted(READ_ENDINGS))
