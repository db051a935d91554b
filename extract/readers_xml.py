"""Read XML documents (TEI, Akoma Ntoso) safely, and walk any marked-up tree into pieces."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html.entities import html5
from importlib.resources import files
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from diplograph.extract.readers_model import Piece, ReadText, assemble, row_text
from diplograph.ontology.errors import InputError

__all__ = ["Markup", "local_name", "parse_xml", "pieces_of", "read_markup", "read_xml"]

TABLE = "elements.tsv"
DEEPEST = (
    200  # elements within elements; documents need some thirty, and walking deeper ones would not end well
)
_HEADING_LEVEL = re.compile(r"h([1-6])")
_HEADING_NAME = re.compile(r"h[1-6]|head|heading")
_NAMES = frozenset({"id", "eId"})  # of HTML, TEI (xml:id), Akoma Ntoso


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What the elements of a format mean: element name to kind (``skip``, ``row``, ``cell`` among them)."""

    kinds: Mapping[str, str]


@functools.cache
def read_markup(name: str) -> Markup:
    """Read what the table of elements says of one format."""
    lines = files("diplograph.extract.rules").joinpath(TABLE).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    return Markup(kinds={row[1]: row[2] for row in rows if row[0] == name})


def parse_xml(data: bytes, name: str) -> Element:
    """Parse XML that may be hostile: entities of its own, outer entities and endless depth are refused.

    Raises:
        InputError: The bytes are no well-formed XML, or XML that is refused.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.UseForeignDTD(
        True
    )  # names of characters that only the outer DTD of XHTML declares are no errors then
    depth = 0

    def refuse(*_: object) -> None:
        raise InputError(name, "declares entities of its own", "remove the DOCTYPE from the file")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise InputError(name, f"nests elements more than {DEEPEST} deep", "flatten the file")
        builder.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    def named_character(entity: str, is_parameter: bool) -> None:
        if not is_parameter:
            builder.data(html5.get(f"{entity};", " "))

    parser.EntityDeclHandler = refuse
    parser.SkippedEntityHandler = named_character
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        problem = f"is not well-formed XML (line {error.lineno}: {expat.ErrorString(error.code)})"
        raise InputError(name, problem, "mend the file or save it again") from error
    return builder.close()


def local_name(element: Element) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def read_xml(data: bytes, name: str) -> ReadText:
    """Read a TEI or Akoma Ntoso document; the root's name tells which.

    Raises:
        InputError: It is no XML, or neither of the two.
    """
    root = parse_xml(data, name)
    known = {"TEI": "tei", "TEI.2": "tei", "teiCorpus": "tei", "akomaNtoso": "akn", "html": "xhtml"}
    if local_name(root) not in known:
        problem = f"is XML of an unknown kind (its root is <{local_name(root)}>)"
        raise InputError(name, problem, "give TEI, Akoma Ntoso or XHTML, or convert it to text")
    markup = read_markup(known[local_name(root)])
    return assemble(pieces_of(root, markup), title=_first(root, markup, "title"), date=_date(root, markup))


def pieces_of(root: Element, markup: Markup, *, page: int = 0) -> Iterator[Piece]:
    """Walk a tree in reading order; text outside of any known block makes paragraphs.

    A piece's anchor is the name (``id``, ``xml:id``, ``eId``) of its element or of the nearest one around it
    that begins with it.

    A heading's level is the printed one (``h2``) or the number of divisions it stands in. Notes within a
    paragraph follow it.
    """
    yield from _walk(root, markup, "paragraph", 0, page)


def _walk(element: Element, markup: Markup, kind: str, level: int, page: int) -> Iterator[Piece]:
    """Give the pieces of an element: its loose text as ``kind``, its block children as themselves."""
    loose: list[str] = [element.text or ""]
    notes: list[Piece] = []
    number = ""  # stands before what comes next

    def flush() -> Iterator[Piece]:
        if "".join(loose).strip():
            depth = max(1, level) if kind == "heading" else 0
            yield Piece(kind=kind, text="".join(loose), level=depth, page=page)
        loose.clear()
        yield from notes
        notes.clear()

    for child in element:
        child_kind = markup.kinds.get(local_name(child), "")
        if child_kind == "row":
            yield from flush()
            cells = [_words(cell, markup) for cell in child]
            yield Piece(kind="table-row", text=row_text(cells), page=page, anchor=_anchor(child))
        elif child_kind in ("footnote", "note"):
            notes.append(Piece(kind="footnote", text=_words(child, markup), page=page, anchor=_anchor(child)))
        elif child_kind in ("break", "tab"):
            loose.append(" ")
        elif child_kind == "number":
            yield from flush()
            number = f"{_words(child, markup)} "
        elif child_kind and child_kind not in ("skip", "title", "date"):
            yield from flush()
            within = child_kind in ("division", "body") or (child_kind == "paragraph" and kind != "heading")
            inner = kind if within else child_kind
            printed = _HEADING_LEVEL.fullmatch(child.get("rend") or local_name(child))
            deeper = level + (child_kind == "division")
            anchor = _anchor(child)
            for piece in _walk(child, markup, inner, int(printed[1]) if printed else deeper, page):
                yield replace(piece, text=number + piece.text, anchor=piece.anchor or anchor)
                number = anchor = ""
        elif not child_kind:
            if any(markup.kinds.get(local_name(inner), "") for inner in child.iter() if inner is not child):
                pieces = list(_walk(child, markup, kind, level, page))
                blocks = [piece for piece in pieces if piece.kind != "footnote"]
                if len(blocks) <= 1:
                    loose.append(blocks[0].text if blocks else "")
                    notes += [piece for piece in pieces if piece.kind == "footnote"]
                else:
                    yield from flush()
                    yield from pieces
            else:
                loose.append("".join(child.itertext()))
        loose.append(child.tail or "")
        if number and (child.tail or "").strip():
            loose.insert(0, number)
            number = ""
    yield from flush()


def _words(element: Element, markup: Markup) -> str:
    """Give all words of an element, those of skipped ones left out."""
    parts = [element.text or ""]
    for child in element:
        kind = markup.kinds.get(local_name(child), "")
        if kind != "skip":
            gap = " " if kind else ""
            parts.append(f"{gap}{_words(child, markup)}{gap}")
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _anchor(element: Element) -> str:
    """Give the name of an element, whatever the attribute that holds it; of a heading, that of what it begins with."""
    named = element if len(element) == 0 or not _HEADING_NAME.fullmatch(local_name(element)) else element[0]
    for one in (element, named):
        for key, value in one.attrib.items():
            if key.rpartition("}")[2] in _NAMES and value.strip():
                return value.strip()
    return ""


def _first(root: Element, markup: Markup, kind: str) -> str:
    """Give the words of the first element of a kind."""
    return next((_words(e, markup) for e in root.iter() if markup.kinds.get(local_name(e)) == kind), "")


def _date(root: Element, markup: Markup) -> str:
    """Give the first date of the header in ISO form, whatever attribute holds it."""
    for element in root.iter():
        if markup.kinds.get(local_name(element)) == "date":
            for value in (element.get("when"), element.get("date"), element.text):
                if value and re.fullmatch(r"\d{4}(?:-\d\d){0,2}", value.strip()):
                    return value.strip()
    return ""
