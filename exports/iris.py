"""Mint the IRIs of everything that Diplograph names, and read ids back from them.

The only place that does either. An IRI depends on nothing but the id it is made from: not on the order of
documents, and not on what else is in the graph.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, unquote

__all__ = [
    "BASE",
    "claim_path",
    "document_path",
    "evidence_path",
    "external_iri",
    "id_of",
    "iri",
    "path_of",
    "prefixes",
]

# Every IRI of a thing starts with this; a Turtle export declares it as @base.
BASE: Final = "https://w3id.org/diplograph/id/"

# Characters of an id that stand for themselves in a path (RFC 3987, ipchar, and the slash between segments).
PATH_SAFE: Final = "/-._~!$'()*+,;=@"

# Characters that RFC 3987 allows in an IRI beside letters, digits and what quote() always leaves alone.
IRI_SAFE: Final = ":/?#[]@!$&'()*+,;=%~"


@cache
def prefixes() -> Mapping[str, str]:
    """Give the prefixes of our exports and queries, prefix to namespace, sorted by prefix."""
    table = files("diplograph.exports").joinpath("prefixes.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:] if line)
    return MappingProxyType(dict(sorted((row[0], row[1]) for row in rows)))


@cache
def path_of(entity: str) -> str:
    """Give the path of an entity, relative to :data:`BASE`; letters outside ASCII stay readable.

    >>> path_of("country/JPN")
    'country/JPN'
    >>> path_of("place/são tomé")
    'place/são%20tomé'
    """
    if any(part in ("", ".", "..") for part in entity.split("/")):
        msg = f"an id needs non-empty segments that are not dots, got {entity!r}"
        raise ValueError(msg)
    return "".join(c if c.isalnum() or c in PATH_SAFE else quote(c) for c in entity)


def claim_path(claim: str) -> str:
    """Give the path of a claim's statement node."""
    return f"claim/{claim}"


def document_path(document: str) -> str:
    """Give the path of a document."""
    return path_of(f"document/{document}")


def evidence_path(document: str, start: int, end: int) -> str:
    """Give the path of a passage; offsets are half-open, in code points, after RFC 5147.

    >>> evidence_path("bluebook-2017", 2231, 2290)
    'document/bluebook-2017/char=2231,2290'
    """
    return f"{document_path(document)}/char={start},{end}"


def iri(path: str) -> str:
    """Make a path an absolute IRI."""
    return BASE + path


def id_of(name: str) -> str:
    """Read the id back from an IRI made of it, by percent-decoding its path.

    >>> id_of("https://w3id.org/diplograph/id/country/JPN")
    'country/JPN'
    """
    if not name.startswith(BASE):
        msg = f"{name!r} is not an IRI of ours"
        raise ValueError(msg)
    return unquote(name[len(BASE) :])


@cache
def external_iri(name: str) -> str:
    """Make somebody else's IRI safe to write, escaping what no IRI may hold (space, quotes, braces)."""
    return "".join(c if c.isalnum() or c in IRI_SAFE or c in "-._" else quote(c) for c in name)
