"""PDF files made here: what belongs to the page is left out, what belongs together is joined."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from diplograph.extract.extractor import Extractor
from diplograph.extract.loading import load
from diplograph.extract.manifest import Source
from diplograph.extract.readers_pdf_tables import Rule, Word, ruled_rows
from diplograph.extract.records import Document
from diplograph.ontology.errors import InputError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@dataclass(frozen=True, kw_only=True)
class Print:
    """Words to print on a page, from ``x`` and ``y`` points on."""

    text: str
    x: float = 72
    y: float
    size: float = 11
    bold: bool = False


Line = tuple[float, float, float, float]


def pdf(pages: Sequence[tuple[Sequence[Print], Sequence[Line]]], title: str = "", secret: str = "") -> bytes:
    """Write a PDF file with the standard fonts, text and straight lines."""
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({title}) >>".encode(),
    ]
    for index, (prints, lines) in enumerate(pages):
        stream = b""
        for item in prints:
            words = item.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
            font = 2 if item.bold else 1
            stream += (
                f"BT /F{font} {item.size} Tf 1 0 0 1 {item.x} {item.y} Tm (".encode() + words + b") Tj ET\n"
            )
        for x0, y0, x1, y1 in lines:
            stream += f"{x0} {y0} m {x1} {y1} l S\n".encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * index} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"endstream")
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(data)
    data += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode()
    trailer = (
        f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R /Info 5 0 R {secret}>>\nstartxref\n{start}\n%%EOF\n"
    )
    return data + trailer.encode()


def read(folder: Path, data: bytes) -> Document:
    path = folder / "report.pdf"
    path.write_bytes(data)
    return load(Source(path=path), "report")


def blocks_of(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, document.text[b.span.start : b.span.end]) for b in document.blocks]


def lines(texts: Sequence[str], *, top: float, x: float = 72, size: float = 11) -> list[Print]:
    return [Print(text=text, x=x, y=top - 14 * index, size=size) for index, text in enumerate(texts)]


FRAME = [Print(text="Report on Fisheries 1998", y=800, size=9)]
FIRST = [
    *FRAME,
    Print(text="- 1 -", x=290, y=30, size=9),
    Print(text="Fisheries in the North", y=740, size=20),
    Print(text="1. Talks with Chile", y=700, size=14),
    *lines(
        [
            "Norway and Chile met in Oslo in May and agreed on catches for the coming years. The two",
            "states set up a joint commission of experts, which will meet every year in one of the co-",
            "operating ports. Its rules were written in spring.1 Both sides will share what they know",
        ],
        top=670,
    ),
    Print(text="1 The rules are those of the older commission of the year 1966.", y=80, size=8),
]
SECOND = [
    *FRAME,
    Print(text="- 2 -", x=290, y=30, size=9),
    *lines(["about stocks and shipping in the southern ocean."], top=740),
    Print(text="2. Results", y=700, size=14),
    *lines(["The catches of the two states have grown since, as the table shows for each of them."], top=670),
]
THIRD = [*FRAME, Print(text="- 3 -", x=290, y=30, size=9), *lines(["Talks go on."], top=740)]


def test_report_is_mended(tmp_path: Path) -> None:
    document = read(tmp_path, pdf([(FIRST, ()), (SECOND, ()), (THIRD, ())], title="Fisheries in the North"))
    assert blocks_of(document) == [
        ("title", "Fisheries in the North"),
        ("heading", "1. Talks with Chile"),
        ("footnote", "1 The rules are those of the older commission of the year 1966."),
        (
            "paragraph",
            "Norway and Chile met in Oslo in May and agreed on catches for the coming years. The two states "
            "set up a joint commission of experts, which will meet every year in one of the cooperating "
            "ports. Its rules were written in spring.1 Both sides will share what they know about stocks and "
            "shipping in the southern ocean.",
        ),
        ("heading", "2. Results"),
        ("paragraph", "The catches of the two states have grown since, as the table shows for each of them."),
        ("paragraph", "Talks go on."),
    ]
    assert [document.text[start:].split()[0] for start in document.pages] == ["Fisheries", "about", "Talks"]
    assert document.title == "Fisheries in the North"
    assert [section.number for section in document.sections] == ["1", "2"]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"Norway caught more cod in year {number} than" for number in range(10)]
    right = [f"Chile caught more hake in year {number} than" for number in range(10)]
    page = [*lines(left, top=700), *lines(right, top=700, x=320)]
    text = read(tmp_path, pdf([(page, ())])).text
    assert text.index("Norway caught more cod in year 9") < text.index("Chile caught more hake in year 0")


TABLE = [
    ["State", "Agreement", "Signed"],
    ["Chile", "Treaty on cod", "1998"],
    ["Peru", "Treaty on hake", "1999"],
]
SPOTS = (72, 200, 400)


def test_table_without_lines_gives_its_rows(tmp_path: Path) -> None:
    page = [
        *lines(["The two states signed these agreements after long talks in the northern capital:"], top=720)
    ]
    for number, row in enumerate(TABLE):
        page += [Print(text=cell, x=x, y=690 - 14 * number) for x, cell in zip(SPOTS, row, strict=True)]
    found = blocks_of(read(tmp_path, pdf([(page, ())])))
    assert found[1:] == [("table-row", " | ".join(row)) for row in TABLE]


def test_drawn_table_keeps_the_lines_of_a_cell_together(tmp_path: Path) -> None:
    page = [
        *lines(["The two states signed these agreements after long talks in the northern capital:"], top=720),
        *(Print(text=cell, x=x, y=684) for x, cell in zip(SPOTS, TABLE[0], strict=True)),
        Print(text="Chile", x=72, y=653),
        Print(text="Treaty on cod and on", x=200, y=660),
        Print(text="the crews of ships", x=200, y=646),
        Print(text="1998", x=400, y=653),
    ]
    edges = (68, 196, 396, 500)
    drawn = [(68, y, 500, y) for y in (700, 676, 640)] + [(x, 640, x, 700) for x in edges]
    found = blocks_of(read(tmp_path, pdf([(page, drawn)])))
    assert found[1:] == [
        ("table-row", "State | Agreement | Signed"),
        ("table-row", "Chile | Treaty on cod and on the crews of ships | 1998"),
    ]


def test_frame_around_text_is_no_table() -> None:
    word = Word(text="Note", x0=80, x1=100, y=50, size=10)
    assert ruled_rows([word], [Rule(x0=70, y0=40, x1=200, y1=80)]) == ((), (word,))


def test_page_without_text_is_called_scanned(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"scanned; .*ocrmypdf"):
        read(tmp_path, pdf([((), [(10, 10, 50, 50)])]))


def test_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    key = f"<{'ab' * 32}>"
    secret = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O {key} /U {key} >> /ID [{key} {key}] "
    with pytest.raises(InputError, match="is encrypted"):
        read(tmp_path, pdf([(FIRST, ())], secret=secret))


def test_cut_pdf_is_read_or_refused(tmp_path: Path) -> None:
    data = pdf([(FIRST, ()), (SECOND, ())])
    for share in range(1, 30):
        try:
            assert read(tmp_path, data[: len(data) * share // 30]).text
        except InputError as error:
            assert error.problem


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), noise=st.binary(min_size=1, max_size=8))
def test_damaged_pdf_is_read_or_refused(tmp_path: Path, place: float, noise: bytes) -> None:
    data = pdf([(FIRST, ()), (SECOND, ())])
    at = int(place * len(data))
    try:
        document = read(tmp_path, data[:at] + noise + data[at + len(noise) :])
    except InputError as error:
        assert error.problem
    else:
        assert all(0 <= start <= len(document.text) for start in document.pages)
        assert list(document.pages) == sorted(document.pages)


def test_rows_of_a_table_give_claims_on_their_page(tmp_path: Path, extractor: Extractor) -> None:
    rows = [("Country", "Agreement", "Signed"), ("Chile", "Paris Agreement", "20 September 2016")]
    rows += [("Peru", "Paris Agreement", "22 April 2016"), ("Kenya", "Arms Trade Treaty", "2015")]
    table = [
        Print(text=cell, x=x, y=700 - 16 * number)
        for number, row in enumerate(rows)
        for x, cell in zip((72, 200, 360), row, strict=True)
    ]
    found = extractor(read(tmp_path, pdf([(FIRST, ()), (table, ())]))).claims
    said = {(c.subject, c.qualifiers.date, c.evidence[0].page) for c in found if c.predicate == "partyTo"}
    assert said == {
        ("country/CHL", "2016-09-20", 2),
        ("country/PER", "2016-04-22", 2),
        ("country/KEN", "2015", 2),
    }
