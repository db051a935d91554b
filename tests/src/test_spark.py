"""A build with Spark says what a local build says: the same documents, claims, evidence, entities and statements.

Spark runs in a process of its own, in local mode. ``DIPLOGRAPH_SPARK_MASTER`` names another master, for example
``local-cluster[2,1,1024]``: two workers in processes of their own.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from diplograph.exports.rdf_write import write_rdf
from diplograph.exports.reading import read_graph
from diplograph.extract.records import Claim, Evidence, Qualifiers
from diplograph.graph.extras import MissingExtra
from diplograph.graph.knowledge import InconsistentGraph, KnowledgeGraph

from diplograph import spark_session, spark_tasks
from diplograph.cli import main
from diplograph.extraction_lines import write_record
from diplograph.flat_rows import claim_row, document_row, entity_row, evidence_rows, mention_row
from diplograph.spark_engine import SparkOptions, build_with_spark
from diplograph.spark_session import JavaMissing, SparkFailed
from diplograph.spark_sources import path_of_address, roots_of

SAMPLES = Path(__file__).parents[2] / "samples"
MASTER = os.environ.get("DIPLOGRAPH_SPARK_MASTER", "local[2]")
NOTE = "Ghana ratified the Paris Agreement on 21 September 2016.\n"
FRENCH = (
    "Le Ghana a ratifié l'Accord de Paris le 21 septembre 2016, et la France s'en est félicitée à Accra.\n"
    * 4
)

needs_spark = pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None,
    reason="PySpark or Java is missing: pip install 'diplograph[spark]', apt-get install openjdk-17-jre-headless",
)


def run(*words: str) -> str:
    """Run the command in a process of its own and give what it says, with its exit status."""
    code = "from diplograph.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "build", *words], capture_output=True, text=True, timeout=600
    )
    return f"{done.returncode}\n{done.stdout}\n{done.stderr}"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of documents with all that may be strange about one."""
    folder = tmp_path_factory.mktemp("archive [1]") / "docs"
    shutil.copytree(SAMPLES, folder)
    (folder / "more").mkdir()
    (folder / "more" / "a note, 100% {new}.txt").write_text(NOTE, "utf-8")
    (folder / "more" / "ticad8-news-2022.txt").write_text(NOTE, "utf-8")  # a name that is there already
    (folder / "french.txt").write_text(FRENCH, "utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 but no more")
    (folder / "large.txt").write_text(NOTE * 2_000, "utf-8")
    (folder / ".hidden.txt").write_text(NOTE, "utf-8")
    with zipfile.ZipFile(folder / "pack.zip", "w") as pack:
        pack.writestr("in/packed.txt", NOTE)
        pack.writestr("in/empty.txt", "")
    return folder


LIMIT = ("--max-file-size", "100kB", "--publisher", "A publisher")


@pytest.fixture(scope="module")
def local(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    out = tmp_path_factory.mktemp("local") / "out"
    assert "4 not read" in run(str(archive), "-o", str(out), "-j", "1", *LIMIT)
    return read_graph(out)


@pytest.fixture(scope="module")
def spark(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Build with Spark, and give the result with what the command said."""
    out = tmp_path_factory.mktemp("spark") / "out"
    settings = (f"spark.master={MASTER}", "spark.default.parallelism=3", "spark.sql.shuffle.partitions=3")
    conf = [word for one in settings for word in ("--spark-conf", one)]
    yield out, run(str(archive), "-o", str(out), "--engine", "spark", *conf, *LIMIT)


def rows(folder: Path) -> list[tuple[Any, ...]]:
    """Read the parts of a table in their order."""
    import pyarrow.parquet

    parts = (pyarrow.parquet.read_table(path).to_pylist() for path in sorted(folder.glob("part-*.parquet")))
    return [tuple(row.values()) for part in parts for row in part]


@needs_spark
def test_tables_are_those_of_the_local_build(spark: tuple[Path, str], local: KnowledgeGraph) -> None:
    out, told = spark
    assert rows(out / "claims") == [claim_row(claim) for claim in local.claims], told
    assert rows(out / "evidence") == [row for claim in local.claims for row in evidence_rows(claim)]
    assert rows(out / "entities") == [entity_row(entity) for entity in local.entities.values()]
    assert sorted(rows(out / "mentions")) == sorted(mention_row(mention) for mention in local.mentions)
    expected = [(*document_row(record), None) for record in local.documents.values()]
    assert rows(out / "documents") == expected
    assert "a note, 100% {new}" in local.documents, "the name that is hard for Spark was tried"


@needs_spark
def test_statements_are_those_of_the_local_build(
    spark: tuple[Path, str], local: KnowledgeGraph, tmp_path: Path
) -> None:
    out, _ = spark
    parts = sorted((out / "nquads").glob("part-*.nq"))
    lines = [line for part in parts for line in part.read_bytes().splitlines(keepends=True)]
    assert lines == sorted(lines)
    write_rdf(local, tmp_path / "graph.nq")
    expected = (tmp_path / "graph.nq").read_bytes().splitlines(keepends=True)

    def of_the_dataset(line: bytes) -> bool:
        return line.startswith(
            (b"<https://w3id.org/diplograph/id/dataset/", b"<https://w3id.org/diplograph/id/run/")
        )

    assert [x for x in lines if not of_the_dataset(x)] == [x for x in expected if not of_the_dataset(x)]
    assert sum(map(of_the_dataset, lines)) == sum(map(of_the_dataset, expected))


@needs_spark
def test_what_cannot_be_read_is_told(spark: tuple[Path, str]) -> None:
    out, told = spark
    assert told.startswith("1\n")
    problems = {"broken": "zip", "french": "'fr'", "large": "larger than 100,000 bytes", "empty": "no text"}
    found = dict(rows(out / "failures"))
    assert found.keys() == problems.keys()
    for document, problem in problems.items():
        assert problem in found[document]
        assert f"not read: {found[document]}" in told


# -- without Spark ----------------------------------------------------------------------------------


def test_a_missing_pyspark_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingExtra, match=r"run: pip install 'diplograph\[spark\]'"):
        build_with_spark(["a.txt"], str(tmp_path / "out"), SparkOptions(conf={}))


@pytest.mark.skipif(
    find_spec("pyspark") is None, reason="PySpark is missing: pip install 'diplograph[spark]'"
)
def test_a_missing_java_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(spark_session.shutil, "which", lambda *_, **__: None)
    with pytest.raises(JavaMissing, match="run: apt-get install openjdk-17-jre-headless"):
        build_with_spark(["a.txt"], str(tmp_path / "out"), SparkOptions(conf={}))


REFUSED = [
    pytest.param(["-", "--engine", "spark"], "name at least one", id="pipe"),
    pytest.param(["a.txt", "--engine", "spark", "-j", "2"], "--jobs has no meaning", id="jobs"),
    pytest.param(["a.txt", "--engine", "spark", "--merge", "duckdb"], "--merge has no meaning", id="merge"),
    pytest.param(["a.txt", "--spark-conf", "a=b"], "--spark-conf is for", id="conf-without-spark"),
]


@pytest.mark.parametrize(("words", "told"), REFUSED)
def test_options_that_make_no_sense_together(words: list[str], told: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["build", *words, "-o", str(tmp_path / "out")])
    assert (result.exit_code, told in result.stderr) == (2, True)


PATHS = [
    ("file:/work/a b.txt", "/work/a b.txt"),
    ("file:///work/a.txt", "/work/a.txt"),
    ("s3a://bucket/folder/a.txt", "/s3a/bucket/folder/a.txt"),
    ("hdfs://host:9000/a.txt", "/hdfs/host:9000/a.txt"),
]


@pytest.mark.parametrize(("address", "path"), PATHS)
def test_addresses_as_paths(address: str, path: str) -> None:
    assert path_of_address(address) == Path(path)


def test_roots_are_read_once(tmp_path: Path) -> None:
    given = ["s3a://b/in/x", "s3a://b/in/", "s3a://b/inn", str(tmp_path)]
    assert roots_of(given) == [f"file://{tmp_path}", "s3a://b/in", "s3a://b/inn"]


def test_other_rules_on_a_machine_are_refused() -> None:
    with pytest.raises(spark_tasks.OtherRules, match="install the same versions"):
        next(spark_tasks.extract_files([("a", b"")], {}, "other", 0.0))


FAILURES = [
    pytest.param(
        "Job aborted\nTraceback:\n  File x\npkg.OtherRules: install it\n\n\tat org.a.B\n",
        "OtherRules",
        id="python",
    ),
    pytest.param(
        "An error occurred while calling o1.\n: java.io.IOException: full\n\tat a.b.C", "full", id="java"
    ),
    pytest.param("", "no reason", id="nothing"),
]


@pytest.mark.parametrize(("told", "shown"), FAILURES)
def test_a_failure_of_spark_is_one_line(told: str, shown: str) -> None:
    message = str(SparkFailed(told))
    assert shown in message
    assert "\n" not in message


def test_an_entity_that_nobody_describes_is_refused() -> None:
    with pytest.raises(InconsistentGraph, match="country/GHA"):
        spark_tasks.merge_told(("country/GHA", (True, True, {})))
    assert spark_tasks.merge_told(("issue/trade", (True, False, {}))) == []


def test_a_claim_is_quoted_by_each_of_its_documents() -> None:
    pieces = tuple(Evidence(document=name, start=0, end=1, text="x") for name in ("a", "b"))
    claim = Claim(
        subject="country/GHA",
        predicate="partyTo",
        object="agreement/paris",
        qualifiers=Qualifiers(date="2016"),
        confidence=0.5,
        rule="r",
        evidence=pieces,
    )
    line = spark_tasks.merge_said((claim.id, [write_record(claim)]))
    assert [document for document, _ in spark_tasks.quotes(line)] == ["a", "b"]
