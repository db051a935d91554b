"""Tables: the rows of the graph, the same in pandas and polars."""

import sys

import pytest
from diplograph.graph.extras import MissingExtra
from diplograph.graph.frames import TABLES, TableName, columns, rows, to_pandas, to_polars
from diplograph.graph.knowledge import KnowledgeGraph
from factories import claim, graph_of, sample_graph


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kg", [sample_graph(), KnowledgeGraph()], ids=["sample", "empty"])
def test_frames_hold_the_rows(kg: KnowledgeGraph, table: TableName) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    expected = list(rows(kg, table))
    for row in expected:
        for cell, kind in zip(row, columns(table).values(), strict=True):
            assert cell is None or type(cell) is kind
    red, blue = to_pandas(kg, table), to_polars(kg, table)
    assert list(red.columns) == blue.columns == list(columns(table))
    assert blue.rows() == expected
    plain = red.astype(object).where(red.notna(), None)
    assert [tuple(row) for row in plain.itertuples(index=False, name=None)] == expected


def test_amounts_and_dates_are_ready_to_compute_with() -> None:
    aid = claim("country/JPN", "providesAssistanceTo", "country/PHL", amount="2.5", date="2016-02")
    kg = graph_of(aid, claim("country/JPN", "visits", "country/PHL", amount="many"))
    cells = {row[0]: dict(zip(columns("claims"), row, strict=True)) for row in rows(kg, "claims")}
    told = cells.pop(aid.id)
    assert (told["amount"], told["first"], told["last"]) == (2.5, "2016-02-01", "2016-02-29")
    assert (told["year"], told["dated_by"]) == (2016, "claim")
    (other,) = cells.values()
    assert (other["amount"], other["dated_by"]) == (None, "document")


def test_frames_can_be_grouped() -> None:
    pytest.importorskip("pandas")
    counts = sample_graph().to_pandas("claims").groupby("predicate").size()
    assert counts["partyTo"] == 5


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(ValueError, match="entities"):
        rows(sample_graph(), "ships")  # type: ignore[arg-type]


@pytest.mark.parametrize(("library", "make"), [("pandas", to_pandas), ("polars", to_polars)])
def test_a_missing_library_is_named(library: str, make: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=rf"pip install 'diplograph\[{library}\]'"):
        make(sample_graph(), "claims")  # type: ignore[operator]
