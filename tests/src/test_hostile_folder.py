"""A folder of hostile files: each is told, the others are built, and the command ends with 1."""

import gzip
import io
import os
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from diplograph.exports.jsonl import read_jsonl
from diplograph.extract.extractor import Extractor

from diplograph.cli import main

NOTE = "Ghana ratified the Paris Agreement on 21 September 2016.\n"


@pytest.fixture
def here(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let builds use the extractor of the tests, in this process."""
    monkeypatch.setattr("diplograph.extract.extractor.load_extractor", lambda: extractor)
    monkeypatch.setattr("diplograph.building.processes_for", lambda *_: 0)
    yield


def zipped(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


REFUSED = {
    "zero.txt": b"",
    "zero.docx": b"",
    "cut.epub": zipped({"META-INF/container.xml": b"<container/>"})[:60],
    "cut.txt.gz": gzip.compress(NOTE.encode() * 99)[:-20],
    "bomb.txt.gz": gzip.compress(b"a" * 30_000_000),
    "bomb.odt": zipped({"content.xml": b" " * 30_000_000}),
    "entities.xml": b"<!DOCTYPE b [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><TEI><p>&b;</p></TEI>",
    "outer.xml": b"<!DOCTYPE b [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><TEI><p>&a;</p></TEI>",
    "deep.xml": b"<TEI>" + b"<div>" * 5000 + b"x" + b"</div>" * 5000 + b"</TEI>",
    "wrong.pdf": zipped({"word/document.xml": b"<x/>"}),
    "wrong.html": b"\x89PNG\r\n\x1a\n" + bytes(900),
    "noise.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "nul.md": b"Ghana\0ratified",
    "nested.zip": zipped({"inner.zip": zipped({"a.txt": NOTE.encode()})}),
    "german.txt": (
        "Die Minister haben am Montag in Berlin mit den Vertretern der Republik über das "
        "Abkommen gesprochen und dabei die Bedeutung der Partnerschaft betont. " * 3
    ).encode(),
}
BUILT = {
    "good.txt": NOTE.encode(),
    "mixed.txt": f"{NOTE}The café closed. ".encode() + "The “café” closed.".encode("cp1252"),
    "wide.txt": NOTE.encode("utf-16"),
    "climbing.zip": zipped({"../../climbed.txt": NOTE.encode(), "/etc/rooted.txt": NOTE.encode()}),
}


@pytest.mark.usefixtures("here")
def test_hostile_files_are_told_and_the_others_built(tmp_path: Path) -> None:
    folder, out = tmp_path / "in" / "below", tmp_path / "out"
    folder.mkdir(parents=True)
    for name, data in {**REFUSED, **BUILT}.items():
        (folder / name).write_bytes(data)
    (folder / "nowhere.txt").symlink_to("gone.txt")
    os.mkfifo(folder / "pipe.txt")
    before = sorted(path for path in tmp_path.rglob("*") if path != out)
    result = CliRunner().invoke(main, ["build", str(folder), "-o", str(out)])
    assert result.exit_code == 1, result.output
    report = (out / "report.md").read_text(encoding="utf-8")
    for name in REFUSED:
        assert f"/{name}: " in report, f"{name} is not told"
    kg = read_jsonl(out)
    assert set(kg.documents) == {"good", "mixed", "wide", "climbed", "rooted"}
    (claim,) = [c for c in kg.claims if c.predicate == "partyTo"]
    assert {piece.document for piece in claim.evidence} == set(kg.documents)
    assert sorted(p for p in tmp_path.rglob("*") if out not in (p, *p.parents)) == before
