"""Read word processor documents: DOCX (Office Open XML) and ODT (OpenDocument)."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from diplograph.extract.loading_archives import open_zip, read_member
from diplograph.extract.readers_model import Piece, ReadText, assemble, row_text
from diplograph.extract.readers_xml import local_name, parse_xml

__all__ = ["read_docx", "read_odt"]

_HEADING_STYLE = re.compile(r"(?i)heading\s*([1-9])")
_TITLE_STYLE = re.compile(r"(?i)title")
_CAPTION_STYLE = re.compile(r"(?i)caption|illustration|figure")


def read_docx(data: bytes, name: str) -> ReadText:
    """Read a DOCX file: headings and captions by their styles, lists, tables row by row.

    Footnotes stand at the end. Deleted text of tracked changes is left out, inserted text is read.

    Raises:
        InputError: The file is broken, encrypted or no DOCX file.
    """
    archive = open_zip(data, name)
    members = frozenset(archive.namelist())
    document = parse_xml(read_member(archive, "word/document.xml", name), name)
    styles: dict[str, str] = {}
    if "word/styles.xml" in members:
        for style in parse_xml(read_member(archive, "word/styles.xml", name), name):
            label = _child(style, "name")
            if local_name(style) == "style" and label is not None:
                styles[_attribute(style, "styleId")] = _attribute(label, "val")
    pieces = list(_docx_pieces(document, styles))
    if "word/footnotes.xml" in members:
        for note in parse_xml(read_member(archive, "word/footnotes.xml", name), name):
            if not _attribute(note, "type"):  # separators have a type, notes none
                pieces.append(Piece(kind="footnote", text=_docx_words(note)))
    title, date = _core_properties(archive, members, name)
    return assemble(pieces, title=title, date=date)


def _docx_pieces(element: Element, styles: Mapping[str, str]) -> Iterator[Piece]:
    """Give paragraphs and rows in the order of the document."""
    for child in element:
        tag = local_name(child)
        if tag == "p":
            yield _docx_paragraph(child, styles)
        elif tag == "tbl":
            for row in child:
                if local_name(row) == "tr":
                    cells = [_docx_words(cell) for cell in row if local_name(cell) == "tc"]
                    yield Piece(kind="table-row", text=row_text(cells))
        elif tag not in ("del", "sectPr"):
            yield from _docx_pieces(child, styles)


def _docx_paragraph(paragraph: Element, styles: Mapping[str, str]) -> Piece:
    """Tell by its style what a paragraph is."""
    style, numbered = "", False
    properties = _child(paragraph, "pPr")
    if properties is not None:
        named = _child(properties, "pStyle")
        if named is not None:
            key = _attribute(named, "val")
            style = styles.get(key, key)
        numbered = _child(properties, "numPr") is not None
    kind, level = _kind_of_style(style)
    if numbered and kind == "paragraph":
        kind = "list-item"
    return Piece(kind=kind, text=_docx_words(paragraph), level=level)


def _kind_of_style(style: str) -> tuple[str, int]:
    heading = _HEADING_STYLE.match(style)
    if heading:
        return "heading", int(heading[1])
    if _TITLE_STYLE.fullmatch(style):
        return "title", 1
    return ("caption" if _CAPTION_STYLE.match(style) else "paragraph"), 0


def _docx_words(element: Element) -> str:
    """Join the text runs; tabs and line breaks are blanks, deleted runs are left out."""
    parts: list[str] = []

    def walk(node: Element) -> None:
        for child in node:
            tag = local_name(child)
            if tag == "t":
                parts.append(child.text or "")
            elif tag in ("tab", "br", "cr", "p"):
                parts.append(" ")
                walk(child)
            elif tag == "noBreakHyphen":
                parts.append("-")
            elif tag not in ("del", "pPr", "rPr", "instrText", "Fallback"):
                walk(child)

    walk(element)
    return "".join(parts)


def _core_properties(archive: object, members: frozenset[str], name: str) -> tuple[str, str]:
    """Give title and date of creation from the properties of the package."""
    import zipfile

    if "docProps/core.xml" not in members or not isinstance(archive, zipfile.ZipFile):
        return "", ""
    core = parse_xml(read_member(archive, "docProps/core.xml", name), name)
    title = _child(core, "title")
    created = _child(core, "created")
    day = (created.text or "")[:10] if created is not None else ""
    return (title.text or "").strip() if title is not None else "", day if re.fullmatch(
        r"\d{4}-\d\d-\d\d", day
    ) else ""


def read_odt(data: bytes, name: str) -> ReadText:
    """Read an ODT file: headings, lists, tables row by row, footnotes behind their paragraph.

    Raises:
        InputError: The file is broken, encrypted or no ODT file.
    """
    archive = open_zip(data, name)
    root = parse_xml(read_member(archive, "content.xml", name), name)
    title = date = ""
    if "meta.xml" in archive.namelist():
        for element in parse_xml(read_member(archive, "meta.xml", name), name).iter():
            if local_name(element) == "title":
                title = (element.text or "").strip()
            elif local_name(element) == "creation-date":
                date = (element.text or "")[:10]
    body = next((e for e in root if local_name(e) == "body"), None)
    return assemble(_odt_pieces(body, "paragraph") if body is not None else (), title=title, date=date)


def _odt_pieces(element: Element, kind: str) -> Iterator[Piece]:
    for child in element:
        tag = local_name(child)
        if tag == "h":
            level = _attribute(child, "outline-level")
            yield Piece(kind="heading", text=_odt_words(child), level=int(level) if level.isdecimal() else 1)
        elif tag == "p":
            style = _attribute(child, "style-name")
            by_style = _kind_of_style(style.replace("_20_", " "))
            own, level_of_style = by_style if kind == "paragraph" else (kind, 0)
            yield Piece(kind=own, text=_odt_words(child), level=level_of_style)
            for note in child.iter():
                if local_name(note) == "note-body":
                    yield Piece(kind="footnote", text=_odt_words(note))
        elif tag == "table-row":
            cells = [_odt_words(cell) for cell in child if local_name(cell) == "table-cell"]
            yield Piece(kind="table-row", text=row_text(cells))
        elif tag in ("list", "list-item"):
            yield from _odt_pieces(child, "list-item")
        elif tag not in ("tracked-changes", "table-of-content", "forms", "sequence-decls"):
            yield from _odt_pieces(child, kind)


def _odt_words(element: Element) -> str:
    """Join the text of a paragraph, its notes left out."""
    parts = [element.text or ""]
    for child in element:
        tag = local_name(child)
        if tag in ("tab", "line-break", "s"):
            parts.append(" ")
        elif tag not in ("note", "annotation"):
            parts.append(_odt_words(child))
            if tag in ("p", "h"):
                parts.append(" ")
        parts.append(child.tail or "")
    return "".join(parts)


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _attribute(element: Element, name: str) -> str:
    """Give an attribute whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
