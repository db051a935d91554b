"""Tables of names are read row by row; a wrong row is told with its file, its id and the remedy."""

from pathlib import Path

import pytest
from diplograph.ontology.errors import TableError
from diplograph.ontology.vocabulary import Form, read_table, read_vocabulary

HEADER = "id\tlabel\taliases\tdemonyms\tseats\tsame_as\tcountry\n"


def vocabulary_of(folder: Path, rows: str, file: str = "countries.tsv") -> Path:
    """Write a vocabulary of one table."""
    (folder / file).write_text(HEADER + rows, encoding="utf-8")
    return folder


def test_a_row_becomes_an_entry_with_its_forms(tmp_path: Path) -> None:
    row = "NOR\tNorway\tKingdom of Norway|?the Kingdom\tNorwegian\tOslo\thttp://b|http://a\tNOR|SWE\n"
    (entry,) = read_vocabulary(vocabulary_of(tmp_path, row)).entries
    assert (entry.id, entry.cls, entry.label, entry.file) == (
        "country/NOR",
        "Country",
        "Norway",
        "countries.tsv",
    )
    assert set(entry.forms) == {
        Form(text="Norway"),
        Form(text="Kingdom of Norway"),
        Form(text="the Kingdom", weak=True),
        Form(text="Norwegian", kind="demonym"),
        Form(text="Oslo", kind="seat"),
    }
    assert entry.same_as == ("http://a", "http://b")
    assert entry.fact_list("country") == ("NOR", "SWE")
    assert entry.fact_list("region") == ()


WRONG = [
    pytest.param("\tNorway\n", "no id or no label", id="no-id"),
    pytest.param("NOR\t\n", "no id or no label", id="no-label"),
    pytest.param("NOR\tNorway\t\t\t\t\t\textra\n", "8 cells for 7 columns", id="too-many-cells"),
]


@pytest.mark.parametrize(("rows", "message"), WRONG)
def test_a_wrong_row_is_refused(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        read_vocabulary(vocabulary_of(tmp_path, rows))


def test_an_unknown_class_is_refused(tmp_path: Path) -> None:
    (tmp_path / "places.tsv").write_text("id\tlabel\tclass\nx\tX\tPlanet\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"places\.tsv.*'x'.*unknown class 'Planet'"):
        read_vocabulary(tmp_path)


def test_a_table_without_a_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.tsv").write_text("# only a comment\n", encoding="utf-8")
    with pytest.raises(TableError, match="header"):
        list(read_table(tmp_path / "empty.tsv"))


def test_short_rows_are_filled_and_comments_left_out(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text('# why\na\tb\n1\n# not\n2\t"x\n', encoding="utf-8")
    assert list(read_table(tmp_path / "t.tsv")) == [{"a": "1", "b": ""}, {"a": "2", "b": '"x'}]


def test_the_shipped_vocabulary_is_sorted_and_every_entry_can_be_written() -> None:
    vocabulary = read_vocabulary()
    ids = [entry.id for entry in vocabulary.entries]
    assert len(set(ids)) > 1000
    assert ids == sorted(ids)
    assert [e.id for e in vocabulary.entries if not any(form.text for form in e.forms)] == []
    assert set(vocabulary.by_id()) == set(ids)
