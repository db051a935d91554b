"""CSV and Parquet, read back by pandas, polars and duckdb."""

import csv
import sys
from pathlib import Path

import pytest
from diplograph.exports.tables import write_csv, write_parquet
from diplograph.graph.extras import MissingExtra
from diplograph.graph.frames import TABLES, TableName, columns, rows
from diplograph.graph.knowledge import KnowledgeGraph
from factories import sample_graph

GRAPHS = pytest.mark.parametrize("kg", [sample_graph(), KnowledgeGraph()], ids=["sample", "empty"])


@GRAPHS
@pytest.mark.parametrize("table", TABLES)
def test_csv_holds_the_rows(kg: KnowledgeGraph, table: TableName, tmp_path: Path) -> None:
    (path,) = write_csv(kg, tmp_path, tables=[table])
    assert path.name == f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        head, *body = csv.reader(file)
    assert head == list(columns(table))
    assert body == [["" if cell is None else str(cell) for cell in row] for row in rows(kg, table)]


@GRAPHS
@pytest.mark.parametrize("table", TABLES)
def test_parquet_holds_the_rows(kg: KnowledgeGraph, table: TableName, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    (path,) = write_parquet(kg, tmp_path, tables=[table])
    frame = polars.read_parquet(path)
    assert frame.columns == list(columns(table))
    assert frame.rows() == list(rows(kg, table))


def test_all_tables_are_written(tmp_path: Path) -> None:
    names = [path.name for path in write_csv(sample_graph(), tmp_path)]
    assert names == [f"{table}.csv" for table in TABLES]


def test_duckdb_joins_the_tables(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    write_parquet(sample_graph(), tmp_path, tables=["claims", "evidence"])
    found = duckdb.sql(
        f"select predicate, count(distinct document) from '{tmp_path}/claims.parquet' "
        f"join '{tmp_path}/evidence.parquet' using (claim) "
        "where subject_label = 'Japan' group by 1 order by 1"
    ).fetchall()
    assert found == [("participatesIn", 2), ("partyTo", 2), ("providesAssistanceTo", 1)]


def test_pandas_reads_the_csv(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    (path,) = write_csv(sample_graph(), tmp_path, tables=["claims"])
    assert pandas.read_csv(path)["amount"].sum() == 100_000_000_000


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"diplograph\[parquet\]"):
        write_parquet(sample_graph(), tmp_path)
