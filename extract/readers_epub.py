"""Read EPUB books: the chapters in the order of the spine."""

import posixpath
from dataclasses import replace
from urllib.parse import unquote

from diplograph.extract.loading_archives import open_zip, read_member
from diplograph.extract.readers_model import Piece, ReadText, assemble
from diplograph.extract.readers_xml import local_name, parse_xml, pieces_of, read_markup
from diplograph.ontology.errors import InputError

__all__ = ["read_epub"]

CONTAINER = "META-INF/container.xml"
CHAPTER_TYPE = "application/xhtml+xml"


def read_epub(data: bytes, name: str) -> ReadText:
    """Read an EPUB file (2 or 3); chapters are found again by the names of their files.

    Raises:
        InputError: The file is broken, encrypted or no EPUB file.
    """
    archive = open_zip(data, name)
    container = parse_xml(read_member(archive, CONTAINER, name), name)
    package_path = next((e.get("full-path", "") for e in container.iter() if local_name(e) == "rootfile"), "")
    if not package_path:
        raise InputError(name, "names no package", "save the book again")
    package = parse_xml(read_member(archive, package_path, name), name)
    title = date = ""
    files: dict[str, str] = {}
    spine: list[str] = []
    for element in package.iter():
        tag = local_name(element)
        if (
            tag == "item"
            and element.get("media-type") == CHAPTER_TYPE
            and "nav" not in element.get("properties", "")
        ):
            files[element.get("id", "")] = element.get("href", "")
        elif tag == "itemref":
            spine.append(element.get("idref", ""))
        elif tag == "title":
            title = title or " ".join("".join(element.itertext()).split())
        elif tag == "date":
            date = date or (element.text or "").strip()[:10]
    pieces: list[Piece] = []
    chapters = [files[key] for key in spine if key in files]
    for href in chapters:
        member = posixpath.normpath(posixpath.join(posixpath.dirname(package_path), unquote(href)))
        chapter = parse_xml(read_member(archive, member, name), name)
        within = list(pieces_of(chapter, read_markup("xhtml")))
        names = [f"{href}#{piece.anchor}" if piece.anchor else "" for piece in within]
        names[:1] = [names[0] or href] if names else []
        pieces += [replace(piece, anchor=anchor) for piece, anchor in zip(within, names, strict=True)]
    return assemble(pieces, title=title, date=date)
