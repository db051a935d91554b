"""A second build reads only what is new or changed, and leaves the bytes of a build from nothing."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from diplograph.extract.extractor import Extractor
from diplograph.extract.records import Document, Extraction
from diplograph.ontology.errors import InputError

from diplograph import build_cache, building
from diplograph.building import Built, Options, build_folder
from diplograph.extraction_lines import read_lines, write_lines

GHANA = "Ghana ratified the Paris Agreement on 21 September 2016.\n"
FIJI = "Fiji ratified the Paris Agreement on 22 April 2016.\n"
KENYA = "Kenya will ratify the Paris Agreement. We thank Japan for its support.\n"
FRENCH = (
    "Le Président de la République a reçu le ministre des affaires étrangères. Les deux pays ont décidé de "
    "renforcer leur coopération dans le domaine de la sécurité et de la défense pour les années qui viennent.\n"
)
MANIFEST = "file,title,country\nghana.txt,A note,GHA\nfiji.txt,,FJI\nkenya.txt,,\n"


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@dataclass(frozen=True)
class Desk:
    """A folder of inputs, an output folder, and the documents that were extracted since ``read`` was emptied."""

    texts: Path
    out: Path
    read: list[str]

    def build(self, **options: object) -> Built:
        """Build the folder with its manifest."""
        return build_folder([self.texts], self.out, options=Options(**options))  # type: ignore[arg-type]

    def fresh(self, **options: object) -> dict[str, bytes]:
        """Give the files of a build from nothing."""
        other = self.out.with_name("fresh")
        build_folder([self.texts], other, options=Options(**options))  # type: ignore[arg-type]
        return contents(other)


@pytest.fixture
def desk(extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Give a folder that has been built once, by the extractor of the tests in this process."""
    texts = tmp_path / "texts"
    texts.mkdir()
    for name, text in (("ghana", GHANA), ("fiji", FIJI), ("kenya", KENYA)):
        (texts / f"{name}.txt").write_text(text, encoding="utf-8")
    (texts / "manifest.csv").write_text(MANIFEST, encoding="utf-8")
    read: list[str] = []

    def spying(document: Document) -> Extraction:
        read.append(document.id)
        return extractor(document)

    monkeypatch.setattr("diplograph.extract.extractor.load_extractor", lambda: spying)
    monkeypatch.setattr(building, "processes_for", lambda *_: 0)
    # Shapes are what other tests are about, and most of the time of a small build.
    fine = SimpleNamespace(conforms=True, triples=0)
    monkeypatch.setattr("diplograph.exports.validate.validate", lambda _: fine)
    one = Desk(texts, tmp_path / "out", read)
    one.build()
    read.clear()
    yield one


def rewrite(name: str, text: str) -> Callable[[Desk], None]:
    """Give a change that writes a text file."""

    def change(desk: Desk) -> None:
        (desk.texts / name).write_text(text, encoding="utf-8")

    return change


def drop(desk: Desk) -> None:
    (desk.texts / "fiji.txt").unlink()
    (desk.texts / "manifest.csv").write_text("file\nghana.txt\n", encoding="utf-8")


def rename(desk: Desk) -> None:
    (desk.texts / "kenya.txt").rename(desk.texts / "nairobi.txt")
    (desk.texts / "manifest.csv").write_text(MANIFEST.replace("kenya", "nairobi"), encoding="utf-8")


def collide(desk: Desk) -> None:
    (desk.texts / "more").mkdir()
    (desk.texts / "more" / "ghana.txt").write_text(FIJI, encoding="utf-8")


def entry_of(desk: Desk, name: str) -> Path:
    """Find the entry of the cache that holds a text."""
    return next(
        p for p in sorted(desk.out.glob(".cache/*/*.jsonl")) if f'"{name}.txt"' in p.read_text("ascii")
    )


def cut(desk: Desk) -> None:
    entry = entry_of(desk, "ghana")
    entry.write_bytes(entry.read_bytes()[:-40])


def flip(desk: Desk) -> None:
    entry = entry_of(desk, "ghana")
    data = bytearray(entry.read_bytes())
    data[len(data) // 2] ^= 1
    entry.write_bytes(bytes(data))


def swap(desk: Desk) -> None:
    one, other = entry_of(desk, "ghana"), entry_of(desk, "fiji")
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)


CHANGES = [
    pytest.param(lambda desk: None, {}, [], 3, 0, id="nothing"),
    pytest.param(rewrite("peru.txt", "Peru joined APEC in 1998.\n"), {}, ["peru"], 3, 0, id="new"),
    pytest.param(rewrite("fiji.txt", FIJI.replace("22", "23")), {}, ["fiji"], 2, 0, id="changed"),
    pytest.param(drop, {}, ["ghana"], 1, 1, id="gone-and-title-changed"),
    pytest.param(rename, {}, ["nairobi"], 2, 1, id="renamed"),
    pytest.param(collide, {}, ["more-ghana"], 3, 0, id="id-near-another"),
    pytest.param(rewrite("manifest.csv", MANIFEST.replace("GHA", "")), {}, ["ghana"], 2, 0, id="country-changed"),
    pytest.param(lambda desk: None, {"reference_year": 2015}, ["fiji", "ghana", "kenya"], 0, 0, id="year-given"),
    pytest.param(lambda desk: None, {"min_confidence": 1.0}, [], 3, 0, id="confidence-asked-for"),
    pytest.param(lambda desk: None, {"rebuild": True}, ["fiji", "ghana", "kenya"], 0, 0, id="rebuild"),
    pytest.param(cut, {}, ["ghana"], 2, 0, id="entry-cut-short"),
    pytest.param(flip, {}, ["ghana"], 2, 0, id="entry-with-a-wrong-bit"),
    pytest.param(swap, {}, ["fiji", "ghana"], 1, 0, id="entries-exchanged"),
    pytest.param(rewrite("paris.txt", FRENCH), {}, [], 3, 0, id="another-language"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "options", "read", "unchanged", "gone"), CHANGES)
def test_only_what_changed_is_read_and_the_bytes_are_those_of_a_fresh_build(
    desk: Desk,
    change: Callable[[Desk], None],
    options: dict[str, object],
    read: list[str],
    unchanged: int,
    gone: int,
) -> None:
    change(desk)
    built = desk.build(**options)
    assert sorted(desk.read) == read
    assert (built.unchanged, built.gone) == (unchanged, gone)
    assert contents(desk.out) == desk.fresh(**options)


def test_a_document_in_another_language_is_told_again_and_looked_into_once(desk: Desk) -> None:
    (desk.texts / "paris.txt").write_text(FRENCH, encoding="utf-8")
    first, second = desk.build(), desk.build()
    assert (first.read, second.read, second.unchanged) == (1, 0, 4)
    assert first.result == second.result
    assert "paris.txt" in first.result.failures[0] and "--force-language" in first.result.failures[0]
    assert desk.build(force_language=True).result.failures == ()
    assert desk.read == ["paris"]


def test_other_rules_read_everything_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_cache, "rules_version", lambda: "of another day")
    assert (desk.build().read, sorted(desk.read)) == (3, ["fiji", "ghana", "kenya"])


def test_a_document_that_changes_while_it_is_read_is_kept_as_what_it_became(
    desk: Desk, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(document: Document) -> Extraction:
        if document.text == GHANA:
            (desk.texts / "ghana.txt").write_text(FIJI, encoding="utf-8")
        return extractor(document)

    monkeypatch.setattr("diplograph.extract.extractor.load_extractor", lambda: slow)
    desk.build(rebuild=True)
    monkeypatch.setattr("diplograph.extract.extractor.load_extractor", lambda: extractor)
    assert contents(desk.out) == desk.fresh()


def test_a_document_that_always_changes_is_told(
    desk: Desk, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disturbed(document: Document) -> Extraction:
        with (desk.texts / "ghana.txt").open("a", encoding="utf-8") as file:
            file.write("And so on. ")
        return extractor(document)

    monkeypatch.setattr("diplograph.extract.extractor.load_extractor", lambda: disturbed)
    rewrite("ghana.txt", FIJI)(desk)
    (failure,) = desk.build().result.failures
    assert "ghana.txt: changes while it is read" in failure


def test_an_archive_that_changes_is_read_again(desk: Desk) -> None:
    def pack(text: str) -> None:
        with zipfile.ZipFile(desk.texts / "notes.zip", "w") as archive:
            for name, content in (("one.txt", text), ("two.txt", KENYA)):
                archive.writestr(zipfile.ZipInfo(name), content)

    pack(GHANA)
    assert (desk.build().read, desk.build().unchanged) == (2, 5)
    pack(FIJI)
    assert (desk.build().read, desk.read) == (2, ["one", "two"] * 2)
    assert contents(desk.out) == desk.fresh()


def test_a_result_among_the_inputs_is_not_read_into_itself(desk: Desk) -> None:
    def build() -> Built:
        return build_folder([desk.texts], desk.texts / "result")

    build()
    first = contents(desk.texts / "result")
    assert (build().read, contents(desk.texts / "result")) == (0, first)
    with pytest.raises(InputError, match="nothing but an earlier result"):
        build_folder([desk.texts / "result"], desk.texts / "result")


def test_an_unchanged_build_writes_nothing(desk: Desk) -> None:
    before = desk.out.stat().st_ino
    assert desk.build().written is False
    assert desk.out.stat().st_ino == before


@pytest.mark.parametrize("name", ["graph.ttl", "report.md", ".cache/build.json"])
def test_a_result_that_somebody_changed_is_written_again(desk: Desk, name: str) -> None:
    before = contents(desk.out)
    (desk.out / name).write_text("by hand", encoding="utf-8")
    built = desk.build()
    assert (built.written, built.unchanged) == (True, 3)
    assert contents(desk.out) == before


def test_when_nothing_is_left_the_earlier_result_stays(desk: Desk) -> None:
    before = contents(desk.out)
    for path in desk.texts.glob("*.txt"):
        path.write_text(FRENCH, encoding="utf-8")
    with pytest.raises(InputError, match="holds no readable document"):
        desk.build()
    assert contents(desk.out) == before


def test_what_is_kept_is_what_was_read(extractor: Extractor, desk: Desk) -> None:
    entry = entry_of(desk, "kenya")
    kept = build_cache.read_entry(entry, entry.stem)
    assert isinstance(kept, Extraction)
    assert kept == extractor(kept.document)
    assert kept.claims and kept.mentions and kept.document.sentences


NO_EXTRACTION = [
    pytest.param(b"", id="empty"),
    pytest.param(b"[]\n" * 5, id="empty-lists"),
    pytest.param(b'{"document":1}\n' * 5, id="objects"),
    pytest.param(
        b'["document",[1,2,3]]\n["mentions"]\n["entities"]\n["claims"]\n["rejections"]\n', id="no-fields"
    ),
    pytest.param(b"\xff\xfe\n" * 5, id="no-text"),
    pytest.param(b"[" * 100_000, id="deep"),
]


@pytest.mark.parametrize("data", NO_EXTRACTION)
def test_lines_that_hold_no_extraction_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_lines(data)


def test_every_value_of_an_extraction_survives_its_lines(extractor: Extractor) -> None:
    text = "Japan \ud800 gave “5 million dollars” to Ke\u0301nya\u202e\u0000 in \U0001f30d 2016.\n"
    document = Document(id="odd", file="odd.pdf", text=text, reference_year=None, pages=(0, 3))
    read = Extraction(document=document)
    assert read_lines(write_lines(read)) == read
