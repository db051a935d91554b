"""One small report in every format: the same blocks come out, and broken files are refused by name."""

import gzip
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from diplograph.extract.loading import READ_ENDINGS, READERS, document_ids, load
from diplograph.extract.loading_archives import MAX_RATIO, gunzip
from diplograph.extract.manifest import Source, find_sources
from diplograph.extract.readers_model import MissingReader
from diplograph.extract.readers_xml import DEEPEST
from diplograph.extract.records import Document
from diplograph.ontology.errors import InputError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TITLE = "Report on Fisheries 1998"
OPENING = "Norway and Chile met in Oslo in May & agreed on catches. The ministers signed no treaty."
CLOSING = "Both states will meet again in Valparaíso."
NOTE = "The talks began in 1996."
BLOCKS = [
    ("title", TITLE),
    ("heading", "1. Talks"),
    ("paragraph", OPENING),
    ("list-item", "catch data"),
    ("list-item", "safety of crews"),
    ("table-row", "State | Signed"),
    ("table-row", "Chile | 1998"),
    ("paragraph", CLOSING),
]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;")


BODY = (
    f"<h1>{TITLE}</h1><h2>1. Talks</h2><p>{escaped(OPENING)}</p>"
    "<ul><li>catch data</li><li>safety of crews</li></ul>"
    "<table><tr><th>State</th><th>Signed</th></tr><tr><td>Chile</td><td>1998</td></tr></table>"
    f"<p>{CLOSING}</p>"
)


def html() -> bytes:
    page = (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{TITLE} - An Archive</title>"
        '<meta property="article:published_time" content="1998-05-04"></head>'
        "<body><nav><a href='/'>Home</a> <a href='/all'>All releases</a></nav>"
        f"<main><article>{BODY}</article></main><footer>Privacy policy | Contact</footer></body></html>"
    )
    return page.encode("utf-8")


def zipped(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def docx() -> bytes:
    def paragraph(text: str, properties: str = "") -> str:
        return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escaped(text)}</w:t></w:r></w:p>"

    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    item = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    half = len(OPENING) // 2
    opening = (
        f"<w:p><w:r><w:t>{escaped(OPENING[:half])}</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        f"<w:ins><w:r><w:t>{escaped(OPENING[half:])}</w:t></w:r></w:ins></w:p>"
    )
    body = (
        paragraph(TITLE, '<w:pStyle w:val="T"/>')
        + paragraph("1. Talks", '<w:pStyle w:val="H"/>')
        + opening
        + paragraph("catch data", item)
        + paragraph("safety of crews", item)
        + f"<w:tbl>{row('State', 'Signed')}{row('Chile', '1998')}</w:tbl>"
        + paragraph(CLOSING)
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    styles = (
        f'<w:styles {space}><w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="H"><w:name w:val="heading 1"/></w:style></w:styles>'
    )
    document = f"<w:document {space}><w:body>{body}</w:body></w:document>"
    return zipped({"word/document.xml": document, "word/styles.xml": styles})


def odt() -> bytes:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table")
    )

    def row(*cells: str) -> str:
        inner = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
        return f"<table:table-row>{inner}</table:table-row>"

    def item(text: str) -> str:
        return f"<text:list-item><text:p>{text}</text:p></text:list-item>"

    content = (
        f"<office:document-content{spaces}><office:body><office:text>"
        f'<text:p text:style-name="Title">{TITLE}</text:p><text:h text:outline-level="1">1. Talks</text:h>'
        f"<text:p>{escaped(OPENING)}</text:p>"
        f"<text:list>{item('catch data')}{item('safety of crews')}</text:list>"
        f"<table:table>{row('State', 'Signed')}{row('Chile', '1998')}</table:table><text:p>{CLOSING}</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def epub() -> bytes:
    container = '<container><rootfiles><rootfile full-path="book/package.opf"/></rootfiles></container>'
    chapter_type = 'media-type="application/xhtml+xml"'
    package = (
        f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>{TITLE}</dc:title>'
        f"<dc:date>1998-05-04</dc:date></metadata><manifest>"
        f'<item id="b" href="two%20b.xhtml" {chapter_type}/>'
        f'<item id="a" href="one.xhtml" {chapter_type}/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    cut = BODY.index("<ul>")
    chapters = {
        "book/one.xhtml": f"<html><head><title>x</title></head><body>{BODY[:cut]}</body></html>",
        "book/two b.xhtml": f"<html><body><section>{BODY[cut:]}</section></body></html>",
    }
    return zipped({"META-INF/container.xml": container, "book/package.opf": package, **chapters})


def tei() -> bytes:
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><title>{TITLE}</title>'
        '<date when="1998-05-04"/></teiHeader>'
        f"<text><body><head>{TITLE}</head><div><head>1. Talks</head><p>{escaped(OPENING)}</p>"
        "<list><item>catch <hi>data</hi></item><item>safety of crews</item></list>"
        "<table><row><cell>State</cell><cell>Signed</cell></row><row><cell>Chile</cell><cell>1998</cell></row></table>"
        f"<p>{CLOSING}</p></div></body></text></TEI>"
    ).encode()


def akoma_ntoso() -> bytes:
    return (
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><meta>'
        f'<FRBRdate date="1998-05-04"/></meta><preface><docTitle>{TITLE}</docTitle></preface><body><section>'
        f"<num>1.</num><heading>Talks</heading><content><p>{escaped(OPENING)}</p>"
        "<blockList><item><p>catch data</p></item><item><p>safety of crews</p></item></blockList>"
        "<table><tr><th>State</th><th>Signed</th></tr>"
        f"<tr><td>Chile</td><td>1998</td></tr></table><p>{CLOSING}</p></content></section></body></act></akomaNtoso>"
    ).encode()


FORMATS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "html": (".html", html),
    "docx": (".docx", docx),
    "odt": (".odt", odt),
    "epub": (".epub", epub),
    "tei": (".xml", tei),
    "akoma-ntoso": (".xml", akoma_ntoso),
}


def read(folder: Path, name: str, data: bytes, **options: int) -> Document:
    path = folder / name
    path.write_bytes(data)
    return load(Source(path=path), "report", **options)


def blocks_of(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, document.text[b.span.start : b.span.end]) for b in document.blocks]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_blocks(tmp_path: Path, name: str) -> None:
    ending, make = FORMATS[name]
    document = read(tmp_path, f"report{ending}", make())
    assert blocks_of(document) == BLOCKS
    assert document.title == TITLE
    assert [(s.number, s.heading) for s in document.sections] == [("1", "Talks")]
    assert [document.text[s.span.start : s.span.end] for s in document.sentences][2:4] == [
        "Norway and Chile met in Oslo in May & agreed on catches.",
        "The ministers signed no treaty.",
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_packed_format_reads_like_the_bare_one(tmp_path: Path, name: str) -> None:
    ending, make = FORMATS[name]
    bare = read(tmp_path, f"report{ending}", make())
    packed = read(tmp_path, f"report{ending}.gz", gzip.compress(make(), mtime=0))
    assert packed.text == bare.text and packed.blocks == bare.blocks
    archive = tmp_path / "all.zip"
    archive.write_bytes(zipped({f"in/report{ending}": make(), "in/._report": b"x", "in/photo.raw": b"x"}))
    sources = find_sources([archive])
    assert [source.member for source in sources] == [f"in/report{ending}"]
    assert load(sources[0], "report").text == bare.text


def test_notes_follow_their_paragraph(tmp_path: Path) -> None:
    note = f'<p>Trade grew<note n="1">{NOTE}</note> in the north.</p>'
    document = read(
        tmp_path, "a.xml", f"<TEI><text><body>{note}<p>{CLOSING}</p></body></text></TEI>".encode()
    )
    assert blocks_of(document) == [
        ("paragraph", "Trade grew in the north."),
        ("footnote", NOTE),
        ("paragraph", CLOSING),
    ]


def test_notes_and_captions_of_word_processors(tmp_path: Path) -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    caption = '<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr><w:r><w:t>Ships in port</w:t></w:r></w:p>'
    closing = f"<w:p><w:r><w:t>{CLOSING}</w:t></w:r></w:p>"
    text = f"<w:document {space}><w:body>{caption}{closing}</w:body></w:document>"
    notes = (
        f'<w:footnotes {space}><w:footnote w:type="separator"><w:p/></w:footnote>'
        f"<w:footnote><w:p><w:r><w:t>{NOTE}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    found = read(tmp_path, "a.docx", zipped({"word/document.xml": text, "word/footnotes.xml": notes}))
    assert blocks_of(found) == [("caption", "Ships in port"), ("paragraph", CLOSING), ("footnote", NOTE)]
    note = (
        f"<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>{NOTE}</t:p></t:note-body></t:note>"
    )
    content = (
        '<o:doc xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:text>'
        f'<t:p t:style-name="Illustration">Ships<t:s/>in port</t:p><t:p>Trade grew{note} fast.</t:p>'
        "</o:text></o:body></o:doc>"
    )
    found = read(tmp_path, "a.odt", zipped({"content.xml": content}))
    assert blocks_of(found) == [
        ("caption", "Ships in port"),
        ("paragraph", "Trade grew fast."),
        ("footnote", NOTE),
    ]


def test_page_in_a_declared_encoding_is_read_in_it(tmp_path: Path) -> None:
    page = (
        html()
        .decode("utf-8")
        .replace("charset='utf-8'", "charset='iso-8859-2'")
        .replace("Valparaíso", "Łódź")
    )
    document = read(tmp_path, "a.html", page.encode("iso-8859-2"))
    assert "Łódź" in document.text


def test_chapters_of_a_book_are_found_by_their_files(tmp_path: Path) -> None:
    document = read(tmp_path, "a.epub", epub())
    assert [block.anchor for block in document.blocks if block.anchor] == ["one.xhtml", "two%20b.xhtml"]
    assert document.pages == ()


NAMED = [
    pytest.param(
        "a.xml",
        "<TEI><text><div xml:id='s2'><head>Talks</head><p>They met.</p><p xml:id='p9'>They left.</p></div></text></TEI>",
        ["s2", "", "p9"],
        id="tei",
    ),
    pytest.param(
        "a.xml",
        "<akomaNtoso><act><body><article eId='art_5'><num>5</num><heading>Aid</heading><content><p>They give.</p>"
        "</content></article></body></act></akomaNtoso>",
        ["art_5", ""],
        id="akoma-ntoso",
    ),
    pytest.param(
        "a.html",
        "<html><head><title>Talks</title><link rel='canonical' href='https://example.org/talks?id=7'></head><body><main>"
        f"<article><h2 id='own'>Talks on fish</h2><p>{OPENING * 3}</p><section id='around'><h2>Talks on aid</h2>"
        f"<p>{OPENING * 2}</p></section><h2><a name='within'></a>Talks on trade</h2><p>{CLOSING * 3}</p></article></main>"
        "</body></html>",
        ["own", "", "around", "", "within", ""],
        id="html",
    ),
]


@pytest.mark.parametrize(("name", "text", "anchors"), NAMED)
def test_elements_keep_their_names(name: str, text: str, anchors: list[str], tmp_path: Path) -> None:
    document = read(tmp_path, name, text.encode())
    assert [block.anchor for block in document.blocks] == anchors
    assert document.url == ("https://example.org/talks?id=7" if name == "a.html" else "")


def test_named_characters_of_xhtml_are_read(tmp_path: Path) -> None:
    page = "<html><body><p>Aid&nbsp;&mdash; trade &amp; fish went to Valpara&iacute;so.</p></body></html>"
    package = epub()
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    members["book/one.xhtml"] = page
    assert "Aid — trade & fish went to Valparaíso." in read(tmp_path, "a.epub", zipped(members)).text


BOMB = b"<!DOCTYPE b [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><TEI><p>&b;</p></TEI>"
OUTER = b"<!DOCTYPE b [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><TEI><p>&a;</p></TEI>"
DEEP = b"<TEI>" + b"<div>" * (DEEPEST + 1) + b"x" + b"</div>" * (DEEPEST + 1) + b"</TEI>"
HOSTILE = [
    pytest.param("a.xml", BOMB, "declares entities", id="entity-bomb"),
    pytest.param("a.xml", OUTER, "declares entities", id="outer-entity"),
    pytest.param("a.xml", DEEP, "deep", id="deep-xml"),
    pytest.param("a.xml", b"<TEI><p>open", "not well-formed", id="open-xml"),
    pytest.param("a.xml", b"<recipe/>", "unknown kind", id="other-xml"),
    pytest.param("a.docx", zipped({"word/document.xml": BOMB}), "declares entities", id="bomb-in-docx"),
    pytest.param("a.docx", zipped({"x": b"x"}), "holds no 'word/document.xml'", id="zip-is-no-docx"),
    pytest.param("a.docx", b"%PDF-1.7", "is not a DOCX file but looks like a PDF file", id="pdf-as-docx"),
    pytest.param("a.docx", b"PK\x03\x04rubbish", "broken zip", id="broken-docx"),
    pytest.param("a.pdf", docx(), "is not a PDF file but looks like a ZIP", id="docx-as-pdf"),
    pytest.param("a.pdf", b"%PDF-1.7\nrubbish", "broken PDF", id="broken-pdf"),
    pytest.param(
        "a.txt.gz", gzip.compress(b"a" * 50_000_000), f"more than {MAX_RATIO} times", id="gzip-bomb"
    ),
    pytest.param(
        "a.odt", zipped({"content.xml": b" " * 50_000_000}), f"more than {MAX_RATIO} times", id="zip-bomb"
    ),
    pytest.param("a.txt.gz", gzip.compress(b"text" * 99)[:-20], "broken gzip", id="cut-gzip"),
    pytest.param("a.txt.gz", b"plain text", "broken gzip", id="no-gzip"),
    pytest.param("a.zip", zipped({"photo.raw": b"x"}), "holds nothing to read", id="zip-without-documents"),
    pytest.param("a.zip", b"PK\x03\x04", "broken zip", id="broken-zip"),
    pytest.param("a.html", b"<html><body></body></html>", "holds no", id="empty-page"),
    *(pytest.param(f"a{ending}", b"", "", id=f"empty{ending}") for ending in sorted(READ_ENDINGS)),
]


@pytest.mark.parametrize(("name", "data", "problem"), HOSTILE)
def test_hostile_file_is_refused_by_name(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, name, data)
    assert problem in caught.value.problem
    assert name in str(caught.value) and caught.value.remedy


def test_large_file_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", b"Trade grew.", max_file_size=11)
    with pytest.raises(InputError, match="larger than 10 bytes"):
        read(tmp_path, "a.txt", b"Trade grew.", max_file_size=10)


def test_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"Trade grew."}))
    data[6] |= 1  # the flag in the local header, and in the central directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="encrypted"):
        load(find_sources([path])[0], "a")


MEMBERS = [
    pytest.param("../../evil.txt", "evil", id="above"),
    pytest.param("/etc/abs.txt", "abs", id="absolute"),
    pytest.param("..\\..\\evil.txt", "evil", id="above-on-windows"),
    pytest.param("C:\\Windows\\x.txt", "x", id="absolute-on-windows"),
    pytest.param("a/C:x.txt", "C-x", id="drive"),
    pytest.param("a/b\x07?.txt", "b--", id="characters"),
]


@pytest.mark.parametrize(("member", "name"), MEMBERS)
def test_no_name_in_an_archive_leads_out_of_a_folder(member: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({member: b"Trade grew."}))
    sources = find_sources([path])
    assert document_ids(sources) == (name,)
    assert load(sources[0], name).text == "Trade grew."


def test_an_endless_device_is_refused() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("no such device here")
    with pytest.raises(InputError, match="larger than 1000 bytes"):
        load(Source(path=Path("/dev/zero")), "zero", max_file_size=1000)


def test_gzip_of_several_parts_is_one_text() -> None:
    assert gunzip(gzip.compress(b"Trade ") + gzip.compress(b"grew."), "a.txt.gz") == b"Trade grew."


@pytest.mark.parametrize(("ending", "package"), [(".html", "trafilatura"), (".pdf", "pypdfium2")])
def test_missing_package_is_told_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingReader, match=rf"pip install 'diplograph\[{ending[1:]}\]'"):
        read(tmp_path, f"a{ending}", b"%PDF-1.7 <html><body><p>Trade grew.</p></body></html>")


@pytest.mark.parametrize("name", FORMATS)
def test_cut_file_is_read_or_refused(tmp_path: Path, name: str) -> None:
    ending, make = FORMATS[name]
    data = make()
    for share in range(1, 20):
        try:
            assert read(tmp_path, f"a{ending}", data[: len(data) * share // 20]).text
        except InputError as error:
            assert error.problem


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(sorted(FORMATS)),
    place=st.floats(0, 1, exclude_max=True),
    noise=st.binary(min_size=1, max_size=8),
)
def test_damaged_file_is_read_or_refused(tmp_path: Path, name: str, place: float, noise: bytes) -> None:
    ending, make = FORMATS[name]
    data = make()
    at = int(place * len(data))
    try:
        document = read(tmp_path, f"a{ending}", data[:at] + noise + data[at + len(noise) :])
    except InputError as error:
        assert error.problem
    else:
        assert all(document.blocks[s.block].span.covers(s.span) for s in document.sentences)


def test_every_ending_has_a_reader() -> None:
    assert {ending for ending, _ in FORMATS.values()} | {".pdf", ".htm", ".xhtml"} == set(READERS)
