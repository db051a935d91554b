"""Read web pages: the main text with headings, lists and tables; menus and footers are left out."""

import codecs
import re
from dataclasses import replace
from importlib import import_module
from typing import Any

from diplograph.extract.loading_names import is_web_address
from diplograph.extract.loading_text import decode
from diplograph.extract.readers_model import MissingReader, ReadText, assemble
from diplograph.extract.readers_xml import parse_xml, pieces_of, read_markup
from diplograph.ontology.errors import InputError

__all__ = ["read_html"]

HEAD_BYTES = 2048  # where a page declares its encoding (HTML Living Standard: within the first 1024 bytes)
_HOLDERS = frozenset({"section", "div", "article"})  # often named in place of the heading they begin with
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# Encodings that decode() tells by itself; ISO 8859-1 means Windows-1252 on the web (WHATWG).
_SELF_EVIDENT = frozenset({"utf-8", "utf-16", "ascii", "iso8859-1", "cp1252"})


def read_html(data: bytes, name: str) -> ReadText:
    """Read a web page with trafilatura, which finds its main text, title and date of issue.

    Raises:
        InputError: The page has no main text.
        MissingReader: trafilatura is not installed.
    """
    try:
        extract: Any = import_module("trafilatura").extract
    except ImportError as error:
        raise MissingReader(name, "trafilatura", "html") from error
    page = _decoded(data, name)
    tree: Any = import_module("trafilatura").load_html(page)
    anchors = _heading_anchors(tree) if tree is not None else {}
    found = extract(
        page if tree is None else tree,
        output_format="xml",
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if not found:
        raise InputError(name, "holds no main text", "check in a browser that the page shows a text")
    root = parse_xml(found.encode("utf-8"), name)
    url = (root.get("url") or root.get("source") or "").strip()
    return assemble(
        (
            replace(piece, anchor=anchors.get(" ".join(piece.text.split()), ""))
            if piece.kind == "heading"
            else piece
            for piece in pieces_of(root, read_markup("trafilatura"))
        ),
        title=" ".join((root.get("title") or "").split()),
        date=root.get("date") or "",
        url=url if is_web_address(url) else "",
    )


def _heading_anchors(page: Any) -> dict[str, str]:
    """Map the words of headings to the name by which a link reaches them: their own, or of what they begin.

    The first of several with the same words counts; the main text that trafilatura gives has no names.
    """
    anchors: dict[str, str] = {}
    for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        around = heading.getparent()
        holders = [heading, *heading.iter("a", "span")]
        if around is not None and around.tag in _HOLDERS and around[0] is heading:
            holders.append(around)
        for holder in holders:
            anchor = (holder.get("id") or (holder.get("name") if holder.tag == "a" else "") or "").strip()
            if anchor:
                anchors.setdefault(" ".join("".join(heading.itertext()).split()), anchor)
                break
    return anchors


def _decoded(data: bytes, name: str) -> str:
    """Decode a page by the encoding it declares; where it declares none, as text files are decoded."""
    declared = _CHARSET.search(data[:HEAD_BYTES])
    if declared:
        try:
            codec = codecs.lookup(declared[1].decode("ascii"))
            if codec.name not in _SELF_EVIDENT:
                return codec.decode(data)[0]
        except (LookupError, UnicodeDecodeError):
            pass  # an encoding that the page only claims to have
    return decode(data, name)
