"""Know the RDF formats by their file names, and load files of any of them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from diplograph.ontology.errors import InputError

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["SUFFIXES", "load", "parse", "rdf_format"]

# File name ending -> name of the format in pyoxigraph.
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".ttl": "TURTLE",
        ".nt": "N_TRIPLES",
        ".nq": "N_QUADS",
        ".trig": "TRIG",
        ".rdf": "RDF_XML",
        ".jsonld": "JSON_LD",
    }
)


def rdf_format(path: Path) -> "ox.RdfFormat":
    """Tell the format of a file from its ending.

    Raises:
        InputError: If the ending is not one of :data:`SUFFIXES`.
    """
    import pyoxigraph as ox

    if path.suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise InputError(
            path, f"has the ending {path.suffix!r}, which is no RDF format", f"use one of {known}"
        )
    found: ox.RdfFormat = getattr(ox.RdfFormat, SUFFIXES[path.suffix])
    return found


def parse(path: Path) -> "Iterator[ox.Quad]":
    """Yield the statements of an RDF file in the order written, with literals as written.

    Raises:
        InputError: If the file is missing, or cannot be read as what its ending says.
    """
    import pyoxigraph as ox

    format = rdf_format(path)
    with _refusing(path, format):
        yield from ox.parse(path=str(path), format=format)


def load(path: Path, store: "ox.Store") -> "ox.Store":
    """Load an RDF file into a store, and give the store.

    Raises:
        InputError: If the file is missing, or cannot be read as what its ending says.
    """
    format = rdf_format(path)
    with _refusing(path, format):
        store.bulk_load(path=str(path), format=format)
    return store


@contextmanager
def _refusing(path: Path, format: "ox.RdfFormat") -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        place = f"line {error.lineno}: " if error.lineno else ""
        raise InputError(
            path, f"is not {format.name} ({place}{error.msg})", "correct the file, or write it anew"
        ) from error
    except (OSError, ValueError) as error:
        raise InputError(path, f"cannot be read ({error})", "check the name of the file") from error
