"""From bytes to documents: encodings, refusals, names."""

import hashlib
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from diplograph.extract.loading import decode, document_ids, load
from diplograph.extract.manifest import Source
from diplograph.ontology.errors import InputError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TEXT = "Norway’s “High North” policy – a note.\r\nCôte d'Ivoire took part.\n"
ENCODINGS = [
    pytest.param(TEXT.encode("utf-8"), id="utf-8"),
    pytest.param(TEXT.encode("utf-8-sig"), id="utf-8-mark"),
    pytest.param(TEXT.encode("utf-16"), id="utf-16-mark"),
    pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), id="utf-16-be-mark"),
    pytest.param(TEXT.encode("utf-16-le"), id="utf-16-le-bare"),
    pytest.param(TEXT.encode("utf-16-be"), id="utf-16-be-bare"),
    pytest.param(b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"), id="utf-32-mark"),
    pytest.param(TEXT.encode("cp1252"), id="windows-1252"),
    pytest.param(
        TEXT.split("\n")[0].encode("utf-8") + b"\n" + TEXT.split("\n")[1].encode("cp1252") + b"\n",
        id="mixed",
    ),
]


@pytest.mark.parametrize("data", ENCODINGS)
def test_text_is_the_decoded_file_to_the_letter(data: bytes) -> None:
    assert decode(data, "a.txt") == TEXT


REFUSED = [
    pytest.param(b"%PDF-1.7\n", "a PDF file", id="pdf"),
    pytest.param(b"PK\x03\x04rest", "a ZIP archive", id="zip"),
    pytest.param(b"\x89PNG\r\n", "a PNG image", id="png"),
    pytest.param(b"text\0more text\0\0", "NUL bytes", id="nul"),
    pytest.param(b"\x01\x02\x03\x04text", "control characters", id="controls"),
    pytest.param(b"Trade \x81 aid", "neither UTF-8 nor Windows-1252 (byte 6)", id="undefined-byte"),
    pytest.param(b"\xff\xfea", "UTF-16", id="half-a-character"),
]


@pytest.mark.parametrize(("data", "problem"), REFUSED)
def test_what_is_no_text_is_refused_by_name(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        load(Source(path=path), "a")
    assert problem in caught.value.problem
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf"], ids=["empty", "blank", "mark-only"])
def test_file_without_text_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match="holds no text"):
        load(Source(path=path), "a")


def test_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load(Source(path=tmp_path / "no.txt"), "no")


def test_document_carries_what_source_and_text_tell(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    data = b"Diplomatic Bluebook 1998\n\n1. Trade\n\nNorway and Chile met. They agreed on trade.\n"
    path.write_bytes(data)
    document = load(Source(path=path, publisher="An Archive"), "note")
    assert (document.id, document.file, document.title) == ("note", "note.txt", "Diplomatic Bluebook 1998")
    assert (document.publisher, document.country, document.reference_year) == ("An Archive", "JPN", 1997)
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert [document.text[s.span.start : s.span.end] for s in document.sentences][-2:] == [
        "Norway and Chile met.",
        "They agreed on trade.",
    ]
    assert [section.path for section in document.sections] == [("Trade",)]


NAMES = [
    pytest.param(["a.txt", "b.md"], ["a", "b"], id="plain"),
    pytest.param(["x/a.txt", "y/a.txt", "b.txt"], ["x-a", "y-a", "b"], id="folders"),
    pytest.param(["a.txt", "A.txt", "x/b.txt"], None, id="letter-case"),
    pytest.param(["a.txt", "a.md"], ["a-txt", "a-md"], id="endings"),
    pytest.param(["x/y/a.txt", "z/y/a.txt"], None, id="equal-folders"),
    pytest.param(["x/a.txt", "y/a.txt", "x-a.txt"], None, id="name-taken"),
    pytest.param(["note.1.txt"], ["note.1"], id="dots"),
]


@pytest.mark.parametrize(("paths", "expected"), NAMES)
def test_names_are_unique_and_independent_of_order(paths: list[str], expected: list[str] | None) -> None:
    sources = [Source(path=Path("/archive") / path) for path in paths]
    names = document_ids(sources)
    assert len({name.casefold() for name in names}) == len(paths)
    if expected:
        assert names == tuple(expected)
    for order in permutations(sources):
        assert dict(zip(order, document_ids(order), strict=True)) == dict(zip(sources, names, strict=True))


PIECES = st.sampled_from(
    [
        *("1. ", "(a) ", "• ", "Trade", " and aid", ". ", "The U.S. ", "\n", "\n\n", "  ", "| a | b |", "# "),
        *("é", "”", "Contents", "\r\n", "!", "(Photo: X)", "12", "\t", "it was", "CHAPTER I", "\u2028", "\f"),
        *("... 7", "---", "("),
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, min_size=1, max_size=60).map("".join) | st.text(max_size=200))
def test_blocks_and_sentences_lie_in_order_within_the_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        document = load(Source(path=path), "a")
    except InputError:
        return
    blocks, sentences = document.blocks, document.sentences
    assert all(0 <= b.span.start < b.span.end <= len(document.text) for b in blocks)
    assert all(one.span.end <= other.span.start for one, other in pairwise(blocks))
    assert all(one.span.end <= other.span.start for one, other in pairwise(sentences))
    assert all(blocks[s.block].span.covers(s.span) for s in sentences)
    assert all(-1 <= b.section < len(document.sections) for b in blocks)
    assert all(s.path[-1] == s.heading and len(s.path) == s.level for s in document.sections)
    covered = {place for b in blocks for place in range(b.span.start, b.span.end)}
    assert all(c.isspace() or place in covered for place, c in enumerate(document.text))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    try:
        assert load(Source(path=path), "a").text.strip()
    except InputError as error:
        assert error.problem and error.remedy


ENDLESS = [
    pytest.param("U.S. " * 40_000, id="abbreviations"),
    pytest.param("Norway " * 30_000, id="no-stop"),
    pytest.param("(" * 100_000 + "aid", id="open-brackets"),
    pytest.param("# Trade\n" * 20_000, id="headings"),
    pytest.param("a" + " ." * 60_000, id="leaders"),
]


@pytest.mark.parametrize("text", ENDLESS)
def test_endless_text_is_read_to_its_end(tmp_path: Path, text: str) -> None:
    """Would take hours where a step looks back over all that was read."""
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    document = load(Source(path=path), "a")
    assert document.blocks[-1].span.end == len(text.rstrip())
