"""The command line: what each command prints, what it refuses in which words, and what it leaves behind."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from diplograph.extract.extractor import Extractor

from diplograph.cli import main

NOTE = (
    "Ghana ratified the Paris Agreement on 21 September 2016. Kenya will ratify the Paris Agreement. "
    "Fiji ratified the Paris Agreement on 22 April 2016. Norway gave 5 million dollars to Malawi in 2016.\n"
)


def run(*words: str | Path) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, [str(word) for word in words])


def names_below(folder: Path) -> list[str]:
    """List every path below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture(scope="module", autouse=True)
def loaded(extractor: Extractor) -> Iterator[None]:
    """Let every build of this module use the extractor that is loaded already, in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("diplograph.extract.extractor.load_extractor", lambda: extractor)
        patch.setattr("diplograph.building.processes_for", lambda *_: 0)
        yield


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a note once."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    assert run("build", folder / "note.txt", "--reference-year", "2016", "-o", folder / "out").exit_code == 0
    return folder / "out"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with inputs of every sort, good and bad."""
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xff\xfe" * 40)
    (tmp_path / "empty").mkdir()
    (tmp_path / "columns.csv").write_text("file,titel\nnote.txt,A note\n", encoding="utf-8")
    (tmp_path / "missing.csv").write_text("file\nnot-there.txt\n", encoding="utf-8")
    return tmp_path


REFUSED = [
    pytest.param(["nte.txt"], 1, ["nte.txt", "does not exist", "note.txt"], id="mistyped-path"),
    pytest.param(["empty"], 1, ["empty", "holds no"], id="empty-folder"),
    pytest.param(["picture.txt"], 1, ["picture.txt"], id="binary-file"),
    pytest.param(["--manifest", "columns.csv"], 1, ["columns.csv", "titel"], id="unknown-column"),
    pytest.param(["--manifest", "missing.csv"], 1, ["missing.csv", "not-there.txt"], id="missing-file"),
    pytest.param([], 2, ["nothing to read"], id="no-inputs"),
    pytest.param(
        ["note.txt", "--country", "Japan"], 2, ["--country", "Japan", "ISO 3166-1"], id="bad-country"
    ),
    pytest.param(["note.txt", "--no-such-option"], 2, ["--no-such-option"], id="bad-option"),
    pytest.param(
        ["note.txt", "--min-confidence", "7"], 2, ["--min-confidence"], id="confidence-out-of-range"
    ),
    pytest.param(["note.txt", "--reference-year", "16"], 2, ["--reference-year"], id="year-out-of-range"),
]


@pytest.mark.parametrize(("words", "status", "said"), REFUSED)
def test_what_is_refused_is_told_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], status: int, said: list[str]
) -> None:
    monkeypatch.chdir(folder)
    before = names_below(folder)
    result = run("build", *words, "-o", "out")
    assert result.exit_code == status
    assert [word for word in said if word not in result.stderr] == []
    assert "Traceback" not in result.output
    assert names_below(folder) == before


def test_an_output_folder_with_other_things_is_refused(folder: Path) -> None:
    before = names_below(folder)
    result = run("build", folder / "note.txt", "-o", folder)
    assert result.exit_code == 1
    assert "which no build wrote" in result.stderr
    assert names_below(folder) == before


def test_without_an_output_nothing_runs(folder: Path) -> None:
    result = run("build", folder / "note.txt")
    assert result.exit_code == 2
    assert "--output" in result.stderr


def test_a_bad_file_of_a_folder_is_told_and_the_others_are_built(folder: Path) -> None:
    (folder / "texts").mkdir()
    for name in ("note.txt", "picture.txt"):
        (folder / name).rename(folder / "texts" / name)
    result = run("build", folder / "texts", "-o", folder / "out")
    assert result.exit_code == 1
    assert "not read:" in result.stderr and "picture.txt" in result.stderr
    assert "1 documents" in result.stdout
    assert "picture.txt" in (folder / "out" / "report.md").read_text(encoding="utf-8").split("## Not read")[1]


def test_a_bad_file_that_is_named_is_told_and_the_others_are_built(folder: Path) -> None:
    result = run("build", folder / "picture.txt", folder / "note.txt", "-o", folder / "out")
    assert result.exit_code == 1
    assert f"not read: {folder / 'picture.txt'}: " in result.stderr
    assert "1 documents (1 read, 1 not read)" in result.stdout


def test_quiet_says_nothing(folder: Path) -> None:
    result = run("build", folder / "note.txt", "-o", folder / "out", "-q")
    assert (result.exit_code, result.output) == (0, "")


def test_verbose_names_the_documents(folder: Path) -> None:
    result = run("build", folder / "note.txt", "-o", folder / "out", "-v")
    assert "[1/1] note" in result.stderr
    assert "1 documents" in result.stdout


def test_claims_below_the_confidence_asked_for_are_left_out_and_told(folder: Path) -> None:
    counts = {}
    for least in ("0", "1"):
        target = folder / f"out{least}"
        assert run("build", folder / "note.txt", "-o", target, "--min-confidence", least, "-q").exit_code == 0
        claims = [json.loads(line) for line in (target / "claims.jsonl").read_text("utf-8").splitlines()]
        counts[least] = len(claims)
        assert all(claim["confidence"] >= float(least) for claim in claims)
        assert ("confidence below 1" in (target / "report.md").read_text("utf-8")) == (least == "1")
    assert counts["0"] > counts["1"]


def test_options_reach_the_documents(folder: Path) -> None:
    words = ("--country", "NOR", "--reference-year", "1999", "--title", "A Note", "--publisher", "Us")
    assert run("build", folder / "note.txt", "-o", folder / "out", *words).exit_code == 0
    record = json.loads((folder / "out" / "documents.jsonl").read_text("utf-8"))
    told = {name: record[name] for name in ("country", "reference_year", "title", "publisher")}
    assert told == {"country": "NOR", "reference_year": 1999, "title": "A Note", "publisher": "Us"}


HELP = [
    pytest.param([name], id=name)
    for name in ("build", "stats", "analyze", "path", "timeline", "diff", "export", "plot")
]


@pytest.mark.parametrize("words", [pytest.param([], id="diplograph"), *HELP])
def test_help_is_given(words: list[str]) -> None:
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


def test_help_of_build_gives_examples_and_the_exit_status() -> None:
    said = run("build", "--help").stdout
    assert "Examples:" in said and "Exit status:" in said


# -- commands on a build ----------------------------------------------------------------------------


def test_stats_as_csv_and_json(out: Path) -> None:
    table = run("stats", out)
    assert table.exit_code == 0
    assert any("Ghana" in cell for row in csv.reader(table.stdout.splitlines()) for cell in row)
    assert "Paris Agreement" in json.dumps(json.loads(run("stats", out, "-f", "json").stdout))


def test_two_whom_nothing_joins_are_told_so(out: Path) -> None:
    result = run("path", out, "Ghana", "Malawi")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no chain of at most 4 asserted claims joins Ghana and Malawi" in result.stderr


def test_path_tells_the_sentences(out: Path) -> None:
    result = run("path", out, "Ghana", "FJI", "-f", "json")
    assert result.exit_code == 0
    assert "Ghana ratified the Paris Agreement on 21 September 2016." in result.stdout


def test_timeline_counts_by_year(out: Path) -> None:
    result = run("timeline", out, "--relation", "partyTo", "-f", "csv")
    assert result.exit_code == 0
    assert "2016" in result.stdout


def test_a_build_does_not_differ_from_itself(out: Path, tmp_path: Path) -> None:
    (tmp_path / "less.txt").write_text(NOTE.split(". ")[0] + ".\n", encoding="utf-8")
    assert (
        run("build", tmp_path / "less.txt", "--reference-year", "2016", "-o", tmp_path / "less").exit_code
        == 0
    )
    same, other = run("diff", out, out, "-f", "json"), run("diff", tmp_path / "less", out, "-f", "json")
    assert same.exit_code == other.exit_code == 0
    assert "Kenya" not in same.stdout
    assert "Kenya" in other.stdout


EXPORTS = [pytest.param(kind, id=kind) for kind in ("csv", "graphml", "gexf", "node-link", "dyads", "dot")]


@pytest.mark.parametrize("kind", EXPORTS)
def test_export_names_the_files_it_writes(out: Path, tmp_path: Path, kind: str) -> None:
    result = run("export", out, kind, "-o", tmp_path / "files")
    assert result.exit_code == 0
    written = [Path(line) for line in result.stdout.splitlines()]
    assert written and all(path.is_file() and path.stat().st_size for path in written)


WRONG = [
    pytest.param(["stats", "no-such-folder"], "holds no build", id="no-build"),
    pytest.param(["path", "OUT", "Ghana", "Atlantis"], "Atlantis", id="unknown-name"),
    pytest.param(["export", "OUT", "papyrus", "-o", "x"], "papyrus", id="unknown-format"),
    pytest.param(["analyze", "OUT", "--measure", "fame"], "fame", id="unknown-measure"),
    pytest.param(["timeline", "OUT", "--relation", "loves"], "loves", id="unknown-relation"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_what_a_command_cannot_do_is_told_in_one_line(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*(str(out) if word == "OUT" else word for word in words))
    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert names_below(tmp_path) == []


INSPECTION = [
    pytest.param(["extract", "-", "--country", "Norway"], 2, "ISO 3166-1", id="extract-country"),
    pytest.param(["extract", "-", "--format", "xml"], 2, "'xml' is not one of", id="extract-format"),
    pytest.param(["extract", "nte.txt"], 1, "did you mean 'note.txt'", id="extract-mistyped"),
    pytest.param(["evaluate", "gold", "out"], 1, "gold: does not exist", id="evaluate-no-labels"),
    pytest.param(["evaluate", "empty", "out"], 1, "holds no labelled document", id="evaluate-empty"),
    pytest.param(["evaluate", "one.ann", "empty"], 1, "no documents.jsonl", id="evaluate-no-build"),
    pytest.param(
        ["evaluate", "one.ann", "OUT", "--html", "nowhere/page.html"], 1, "no such file", id="evaluate-html"
    ),
    pytest.param(["evaluate", "one.ann", "OUT", "--shown", "-1"], 2, "--shown", id="evaluate-shown"),
    pytest.param(["explain", "OUT", "0"], 1, "take a whole id", id="explain-unknown"),
    pytest.param(["explain", "empty", "0"], 1, "no documents.jsonl", id="explain-no-build"),
]


@pytest.mark.parametrize(("words", "status", "said"), INSPECTION)
def test_what_looks_into_extraction_refuses_in_one_line(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], status: int, said: str
) -> None:
    monkeypatch.chdir(folder)
    (folder / "one.ann").write_text(
        "# doc: One\nS1\t⟦Country:NOR|Norway⟧ hosted it.\n--- entities\n--- relations\n", encoding="utf-8"
    )
    result = run(*(str(out) if word == "OUT" else word for word in words))
    assert result.exit_code == status
    assert said in result.stderr
    assert "Traceback" not in result.output
