"""The graph's tables as CSV and Parquet files."""

import csv
from collections.abc import Iterable
from pathlib import Path

from diplograph.graph.extras import MissingExtra
from diplograph.graph.frames import TABLES, TableName, columns, rows
from diplograph.graph.knowledge import KnowledgeGraph

__all__ = ["write_csv", "write_parquet"]


def write_csv(kg: KnowledgeGraph, folder: Path, *, tables: Iterable[TableName] = TABLES) -> tuple[Path, ...]:
    """Write ``<table>.csv`` for each table into an existing folder and give the paths.

    UTF-8 without BOM, comma, ``\\n``, one header row; what is missing is an empty cell.

    Raises:
        ValueError: If there is no such table.
    """
    written = []
    for table in tables:
        path = folder / f"{table}.csv"
        names = list(columns(table))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(names)
            writer.writerows(rows(kg, table))
        written.append(path)
    return tuple(written)


def write_parquet(
    kg: KnowledgeGraph, folder: Path, *, tables: Iterable[TableName] = TABLES
) -> tuple[Path, ...]:
    """Write ``<table>.parquet`` for each table into an existing folder and give the paths.

    Strings, 64-bit integers and doubles; what is missing is null.

    Raises:
        MissingExtra: If pyarrow is not installed.
        ValueError: If there is no such table.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("pyarrow", "parquet") from error
    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    written = []
    for table in tables:
        path = folder / f"{table}.parquet"
        schema = pyarrow.schema([(name, kinds[kind]) for name, kind in columns(table).items()])
        cells = list(zip(*rows(kg, table), strict=True)) or [()] * len(schema)
        arrays = [
            pyarrow.array(list(column), type=kind) for column, kind in zip(cells, schema.types, strict=True)
        ]
        pyarrow.parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), path)
        written.append(path)
    return tuple(written)
