"""Turn the bytes of a text file into text: UTF-8, UTF-16 or Windows-1252, never by chance."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from diplograph.ontology.errors import InputError

__all__ = ["decode", "named_format"]

# What the first bytes of common files that are no text say (the files' own specifications).
MAGIC: Mapping[bytes, str] = MappingProxyType(
    {
        b"%PDF-": "a PDF file",
        b"PK\x03\x04": "a ZIP archive, as DOCX, ODT and EPUB files are",
        b"PK\x05\x06": "an empty ZIP archive",
        b"\x1f\x8b": "a gzip file",
        b"\xd0\xcf\x11\xe0": "an old Microsoft Office file",
        b"{\\rtf": "an RTF file",
        b"\x89PNG": "a PNG image",
        b"\xff\xd8\xff": "a JPEG image",
        b"GIF8": "a GIF image",
        b"\x7fELF": "a program",
    }
)
BYTE_ORDER_MARKS = (  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# English in UTF-16 has a zero in nearly every second byte and hardly any in the others.
UTF16_ZEROS, UTF16_OTHERS = 0.6, 0.05
CONTROL_SHARE = 0.02  # text has no control characters but line ends and tabs; a stray few are damage
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_REMEDY = "give the file the ending of what it is, or save it as text"


def decode(data: bytes, path: Path | str) -> str:
    """Turn the bytes of a text file into text, its byte-order mark left out.

    A byte-order mark decides; without one, zeros in every second byte mean UTF-16; else the file is
    UTF-8, in which bytes that UTF-8 does not allow are read as Windows-1252. ``path`` names the file
    in errors.

    Raises:
        InputError: The bytes are no text; the message says what they look like.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, path)
    what = named_format(data)
    if what:
        raise InputError(path, f"looks like a binary file ({what})", _REMEDY)
    if b"\0" in data:
        encoding = _utf16_without_mark(data)
        if not encoding:
            raise InputError(path, "looks like a binary file (it holds NUL bytes)", _REMEDY)
        return _strictly(data, encoding, path)
    return _checked(_utf8_or_windows(data, path), path)


def _strictly(data: bytes, encoding: str, path: Path | str) -> str:
    """Decode without mercy."""
    try:
        return _checked(data.decode(encoding), path)
    except UnicodeDecodeError as error:
        problem = f"is not the {encoding.upper()} that it begins as (byte {error.start})"
        raise InputError(path, problem, "save the file again as UTF-8") from error


def _utf16_without_mark(data: bytes) -> str:
    """Name the kind of UTF-16, or give an empty string where the zeros do not show one."""
    if len(data) % 2:
        return ""
    half = len(data) // 2
    even, odd = data[::2].count(0) / half, data[1::2].count(0) / half
    if odd >= UTF16_ZEROS and even <= UTF16_OTHERS:
        return "utf-16-le"
    if even >= UTF16_ZEROS and odd <= UTF16_OTHERS:
        return "utf-16-be"
    return ""


def _utf8_or_windows(data: bytes, path: Path | str) -> str:
    """Decode as UTF-8, byte by byte as Windows-1252 where that fails."""
    pieces: list[str] = []
    start = 0
    while start < len(data):
        try:
            pieces.append(data[start:].decode("utf-8") if start else data.decode("utf-8"))
            break
        except UnicodeDecodeError as error:
            good, bad = start + error.start, start + error.end
            if not pieces and not _has_long_sequence(data):
                return _windows(data, 0, path)
            pieces.append(data[start:good].decode("utf-8"))
            pieces.append(_windows(data[good:bad], good, path))
            start = bad
    return "".join(pieces)


_LONG_SEQUENCE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")


def _has_long_sequence(data: bytes) -> bool:
    """Tell whether some characters are in UTF-8 beyond ASCII: the file mixes encodings."""
    return _LONG_SEQUENCE.search(data) is not None


def _windows(data: bytes, offset: int, path: Path | str) -> str:
    """Decode Windows-1252, which leaves five bytes without meaning."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        problem = f"is neither UTF-8 nor Windows-1252 (byte {offset + error.start})"
        raise InputError(path, problem, "save the file again as UTF-8") from error


def _checked(text: str, path: Path | str) -> str:
    """Refuse text that is mostly control characters."""
    if len(_CONTROLS.findall(text)) > CONTROL_SHARE * len(text):
        raise InputError(path, "looks like a binary file (control characters)", _REMEDY)
    return text


def named_format(data: bytes) -> str:
    """Say what the first bytes of a file that is no text look like; empty where nothing is known."""
    return next((what for magic, what in MAGIC.items() if data.startswith(magic)), "")
