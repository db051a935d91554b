"""Let ``-`` among the inputs stand for what comes through a pipe."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from diplograph.ontology.errors import InputError

__all__ = ["STANDARD_INPUT", "with_standard_input"]

STANDARD_INPUT = Path("-")
# What a file begins with, and the ending by which it is read; everything else is text.
_NAME = "stdin"
_ENDINGS = ((b"%PDF-", ".pdf"), (b"<!doctype html", ".html"), (b"<html", ".html"), (b"<?xml", ".xml"))


@contextmanager
def with_standard_input(inputs: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """Give the inputs with ``-`` replaced by a file that holds what comes through the pipe, for as long as needed.

    Its document has the id ``stdin``; it is read as PDF, HTML or XML where it begins like that, else as text.

    Raises:
        InputError: Nothing comes through the pipe.
    """
    if STANDARD_INPUT not in inputs:
        yield tuple(inputs)
        return
    data = sys.stdin.buffer.read()
    if not data.strip():
        raise InputError("-", "holds no text", "pipe a document in, or name a file")
    start = data[:100].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    ending = next((ending for magic, ending in _ENDINGS if start.startswith(magic.lower())), ".txt")
    with tempfile.TemporaryDirectory(prefix="diplograph-") as folder:
        path = Path(folder) / _NAME / f"{_NAME}{ending}"
        path.parent.mkdir()
        path.write_bytes(data)
        yield tuple(path if one == STANDARD_INPUT else one for one in inputs)
