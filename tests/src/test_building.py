"""Building from a pipe, limits as people write them, and what is told while a build runs."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from diplograph.extract.extractor import Extractor
from diplograph.extract.manifest import Source
from diplograph.ontology.errors import InputError

from diplograph.build_progress import BuildProgress, show_progress, summary
from diplograph.build_result import Result
from diplograph.build_workers import Done, row_of_task, task_of_row
from diplograph.building import Built, processes_for
from diplograph.cli import main
from diplograph.limits import read_size
from diplograph.mapping import NotEnglish, Task, extract_one, find_tasks
from diplograph.pipeline import build_graph_of, merge, read_documents

NOTE = "Ghana ratified the Paris Agreement on 21 September 2016.\n"
PAGE = (
    f"<!DOCTYPE html>\n<html><head><title>A note</title></head><body><main><p>{NOTE}</p></main></body></html>"
)


@pytest.fixture
def here(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let builds use the extractor of the tests, in this process."""
    monkeypatch.setattr("diplograph.extract.extractor.load_extractor", lambda: extractor)
    monkeypatch.setattr("diplograph.building.processes_for", lambda *_: 0)
    yield


# -- from a pipe ------------------------------------------------------------------------------------

PIPED = [
    pytest.param(NOTE.encode(), "stdin.txt", id="text"),
    pytest.param(b"\xef\xbb\xbf" + NOTE.encode(), "stdin.txt", id="byte-order-mark"),
    pytest.param(PAGE.encode(), "stdin.html", id="html"),
]


@pytest.mark.parametrize(("data", "file"), PIPED)
def test_a_document_comes_through_a_pipe(here: None, tmp_path: Path, data: bytes, file: str) -> None:
    words = ["build", "-", "-o", str(tmp_path / "out"), "--reference-year", "2016"]
    result = CliRunner().invoke(main, words, input=data)
    assert result.exit_code == 0, result.output
    record = json.loads((tmp_path / "out" / "documents.jsonl").read_text("utf-8"))
    assert (record["id"], record["file"], record["reference_year"]) == ("stdin", file, 2016)
    assert "country/GHA" in (tmp_path / "out" / "claims.jsonl").read_text("utf-8")
    again = CliRunner().invoke(main, words, input=data)
    assert "1 unchanged" in again.stdout


def test_an_empty_pipe_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["build", "-", "-o", str(tmp_path / "out")], input=b" \n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "diplograph: -: holds no text; pipe a document in, or name a file\n"
    assert list(tmp_path.iterdir()) == []


# -- limits -----------------------------------------------------------------------------------------

SIZES = [
    pytest.param("2000", 2000, id="bytes"),
    pytest.param("500kB", 500_000, id="kilobytes"),
    pytest.param("1.5 GB", 1_500_000_000, id="fraction-and-blank"),
    pytest.param("2MiB", 2 << 20, id="binary"),
    pytest.param("1e3", 1000, id="exponent"),
    pytest.param("0", None, id="zero"),
    pytest.param("-5MB", None, id="negative"),
    pytest.param("MB", None, id="no-number"),
    pytest.param("10 apples", None, id="unknown-unit"),
    pytest.param("nan", None, id="not-a-number"),
    pytest.param("", None, id="empty"),
]


@pytest.mark.parametrize(("text", "size"), SIZES)
def test_sizes_are_read_or_refused(text: str, size: int | None) -> None:
    if size is not None:
        assert read_size(text) == size
    else:
        with pytest.raises(ValueError, match="write 500kB"):
            read_size(text)


def test_a_wrong_size_is_bad_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["build", "x", "-o", str(tmp_path / "o"), "--max-file-size", "lots"])
    assert result.exit_code == 2
    assert "--max-file-size" in result.stderr and "write 500kB" in result.stderr


PROCESSES = [
    pytest.param(0, 3, 9_000, 1, id="few"),
    pytest.param(0, 100, 9_000, 8, id="many"),
    pytest.param(0, 2, 5_000_000, 2, id="two-large"),
    pytest.param(0, 1, 5_000_000, 1, id="one-large"),
    pytest.param(3, 100, 9_000, 3, id="asked-for"),
    pytest.param(3, 2, 9_000, 2, id="more-than-documents"),
]


@pytest.mark.parametrize(("jobs", "documents", "size", "processes"), PROCESSES)
def test_processes_follow_the_work(
    monkeypatch: pytest.MonkeyPatch, jobs: int, documents: int, size: int, processes: int
) -> None:
    monkeypatch.setattr("diplograph.building.usable_cores", lambda: 8)
    assert processes_for(jobs, documents, size) == processes


# -- map and reduce, each alone ---------------------------------------------------------------------


def test_mapping_and_merging_give_the_graph_of_a_build(extractor: Extractor, tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.txt").write_text(
            NOTE.replace("Ghana", f"Ghana and {name.upper()}"), encoding="utf-8"
        )
    tasks = find_tasks([tmp_path])
    assert [task.document for task in tasks] == ["a", "b", "c"]
    read = [extract_one(task_of_row(json.loads(json.dumps(row_of_task(task)))), extractor) for task in tasks]
    built, turned = merge(read, min_confidence=0.1), merge(iter(read[::-1]), min_confidence=0.1)
    assert built == turned
    documents, _ = read_documents([tmp_path])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("diplograph.extract.extractor.load_extractor", lambda: extractor)
        assert build_graph_of(documents, min_confidence=0.1) == built


def test_two_processes_build_what_one_builds(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.txt").write_text(NOTE, encoding="utf-8")
    documents, _ = read_documents([tmp_path])
    seen: list[tuple[int, int, str]] = []
    two = build_graph_of(documents, jobs=2, progress=lambda *told: seen.append(told))
    assert two == build_graph_of(documents)
    assert two.graph.claims
    assert seen == [(1, 3, "a"), (2, 3, "b"), (3, 3, "c")]


def test_a_document_in_another_language_is_an_error_of_its_own(extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(
        "Le Président de la République a reçu le ministre des affaires étrangères.\n" * 3, "utf-8"
    )
    with pytest.raises(NotEnglish, match="'fr'"):
        extract_one(Task(source=Source(path=path), document="note"), extractor)
    assert extract_one(Task(source=Source(path=path), document="note", force_language=True), extractor)


def test_a_file_that_is_too_large_is_refused_by_the_map(extractor: Extractor, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    with pytest.raises(InputError, match="larger"):
        extract_one(Task(source=Source(path=tmp_path / "note.txt"), document="n", max_file_size=9), extractor)


# -- what is told -----------------------------------------------------------------------------------

RESULT = Result(documents=12, entities=1234, claims=5, graph="0123456789abcdef0123")
TOLD = [
    pytest.param(Built(result=RESULT, read=12, unchanged=0, gone=0), "12 documents (12 read)", id="first"),
    pytest.param(Built(result=RESULT, read=1, unchanged=11, gone=0), "(11 unchanged, 1 read)", id="one-changed"),
    pytest.param(Built(result=RESULT, read=0, unchanged=12, gone=2), "(12 unchanged, 2 gone)", id="gone"),
    pytest.param(
        Built(result=RESULT, read=0, unchanged=12, gone=0, written=False),
        "(12 unchanged; the result is as it was)",
        id="nothing-new",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("built", "told"), TOLD)
def test_the_summary_says_what_was_read(built: Built, told: str) -> None:
    line = summary(built)
    assert told in line
    assert line.endswith("1,234 entities, 5 claims; graph 0123456789abcdef")


def test_the_bar_counts_documents_and_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with show_progress(quiet=False, verbose=False) as progress:
        progress.planned(1200, 1000, 5000)
        progress.read(Done(task=Task(source=Source(path=Path("a.txt")), document="a"), sentences=40), 100)
        progress.bar.refresh()
        progress.merging()
    assert "1,001/1,200 documents" in screen.getvalue()
    assert "sentences/s" in screen.getvalue()


@pytest.mark.parametrize(("quiet", "verbose"), [(True, False), (False, True)], ids=["quiet", "verbose"])
def test_there_is_no_bar_where_none_is_wanted(quiet: bool, verbose: bool) -> None:
    with show_progress(quiet=quiet, verbose=verbose) as progress:
        assert progress.bar is None


def test_a_build_that_was_stopped_tells_what_is_kept() -> None:
    progress = BuildProgress(bar=False, verbose=False)
    progress.planned(10, 4, 100)
    progress.read(Done(task=Task(source=Source(path=Path("a.txt")), document="a")), 10)
    assert progress.stopped().startswith("stopped; 5 of 10 documents are read and kept; the same command")
