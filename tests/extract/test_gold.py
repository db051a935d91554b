"""Labelled documents: the text to the letter, its labels, and which found entity is which labelled one."""

from pathlib import Path

import pytest
from diplograph.extract.extractor import Extractor
from diplograph.extract.gold import align, read_ann, relation_key
from diplograph.ontology.errors import InputError

ANN = """# doc: A note
# publisher: Us
# country: NOR            (the author's own state)
# reference_year: 2016
S1\tIn May, ⟦Country:GHA|Ghana⟧ signed the ⟦Agreement:paris-agreement|Paris Agreement⟧.
S2\tIt tackles ⟦IssueArea:climate-change|climate change⟧.
--- entities
paris-agreement\tAgreement\tParis Agreement\tdate=2015-12;alt=Policy
--- relations
S1\tpartyTo\tGHA\tparis-agreement\tstatus=signed;date=2016-05
S2\taddresses\tparis-agreement\tclimate-change\t
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write the labelled note."""
    path = tmp_path / "note.ann"
    path.write_text(ANN, encoding="utf-8")
    return path


def test_a_labelled_document_is_read(file: Path) -> None:
    gold = read_ann(file)
    assert gold.document.text == "In May, Ghana signed the Paris Agreement.\nIt tackles climate change.\n"
    assert (gold.document.country, gold.document.reference_year, gold.document.title) == (
        "NOR",
        2016,
        "A note",
    )
    assert [gold.document.text[m.start : m.end] for m in gold.mentions] == [m.text for m in gold.mentions]
    assert [m.entity for m in gold.mentions] == ["GHA", "paris-agreement", "climate-change"]
    assert gold.entities["paris-agreement"].classes == ("Agreement", "Policy")
    assert [(r.sentence, r.predicate, r.head, r.tail) for r in gold.relations] == [
        (0, "partyTo", "GHA", "paris-agreement"),
        (1, "addresses", "paris-agreement", "climate-change"),
    ]
    assert dict(gold.relations[0].qualifiers) == {"status": "signed", "date": "2016-05"}


WRONG = [
    pytest.param("S1\tpartyTo\tGHA", "S1\tlikes\tGHA", "no relation line", id="unknown-relation"),
    pytest.param("S1\tpartyTo\tGHA", "S9\tpartyTo\tGHA", "no relation line", id="unknown-sentence"),
    pytest.param("Country:GHA|", "Kingdom:GHA|", "unknown class 'Kingdom'", id="unknown-class"),
    pytest.param("\tAgreement\tParis Agreement\tdate=2015-12;alt=Policy", "", "line 8", id="too-few-cells"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG)
def test_a_wrong_line_is_refused(file: Path, old: str, new: str, message: str) -> None:
    assert old in ANN
    file.write_text(ANN.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_ann(file)


KEYS = [
    pytest.param("cooperatesWith", ("cooperatesWith", "AUS", "JPN"), id="symmetric"),
    pytest.param("criticizes", ("criticizes", "JPN", "AUS"), id="directed"),
]


@pytest.mark.parametrize(("predicate", "key"), KEYS)
def test_symmetric_relations_have_sorted_sides(predicate: str, key: tuple[str, str, str]) -> None:
    assert relation_key(predicate, "JPN", "AUS") == key


def test_found_entities_are_aligned_with_labelled_ones(file: Path, extractor: Extractor) -> None:
    gold = read_ann(file)
    named = extractor.names(gold.document)
    entities = {e.id: e for e in named.entities}
    same = align(gold, named.mentions, entities, entities)
    assert same["country/GHA"] == "GHA"
    assert same["issue/climate-change"] == "climate-change"
    assert same["agreement/paris-agreement"] == "paris-agreement"
