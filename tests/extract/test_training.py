"""Training reads labelled documents and writes a table that the ranker reads, the same bytes each time."""

from pathlib import Path

import pytest
from diplograph.extract import training
from diplograph.extract.extractor import Extractor
from diplograph.extract.ranking import load_ranker

# True sentences, labelled in the format of the guide; the sides of each pair are marked by hand.
FIRST = """# doc: First
# country: NOR
# reference_year: 2016
S1\t⟦Country:GHA|Ghana⟧ ratified the ⟦Agreement:paris-agreement|Paris Agreement⟧.
S2\t⟦Country:KEN|Kenya⟧ ratified the ⟦Agreement:paris-agreement|Paris Agreement⟧.
S3\t⟦Country:CHN|China⟧ joined the ⟦Organization:world-trade-organization|World Trade Organization⟧.
--- entities
paris-agreement\tAgreement\tParis Agreement\tdate=2015-12
world-trade-organization\tOrganization\tWorld Trade Organization\t
--- relations
S1\tpartyTo\tGHA\tparis-agreement\tstatus=ratified
S2\tpartyTo\tKEN\tparis-agreement\tstatus=ratified
S3\tmemberOf\tCHN\tworld-trade-organization\t
"""
SECOND = """# doc: Second
# reference_year: 2017
S1\t⟦Country:FJI|Fiji⟧ ratified the ⟦Agreement:paris-agreement|Paris Agreement⟧.
S2\t⟦Country:PER|Peru⟧ ratified the ⟦Agreement:paris-agreement|Paris Agreement⟧.
S3\t⟦Country:VNM|Vietnam⟧ joined the ⟦Organization:world-trade-organization|World Trade Organization⟧.
--- entities
paris-agreement\tAgreement\tParis Agreement\tdate=2015-12
world-trade-organization\tOrganization\tWorld Trade Organization\t
--- relations
S1\tpartyTo\tFJI\tparis-agreement\tstatus=ratified
S2\tpartyTo\tPER\tparis-agreement\tstatus=ratified
S3\tmemberOf\tVNM\tworld-trade-organization\t
"""


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extractor: Extractor) -> Path:
    """Write the labelled documents; a few right examples are enough here."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.ann").write_text(FIRST, encoding="utf-8")
    (folder / "b.ann").write_text(SECOND, encoding="utf-8")
    monkeypatch.setattr(training, "MIN_POSITIVE", 2)
    monkeypatch.setattr(training, "load_extractor", lambda **_: extractor)
    return folder


def test_a_table_is_written_that_the_ranker_reads_twice_the_same(gold: Path, tmp_path: Path) -> None:
    tables = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        outcome = training.train(gold, tmp_path / name / "ranker.tsv")
        assert outcome["partyTo"][2] == 4
        tables.append((tmp_path / name / "ranker.tsv").read_bytes())
    assert tables[0] == tables[1]
    ranker = load_ranker(tmp_path / "one")
    assert ranker is not None
    assert set(ranker.thresholds) == set(outcome)
    assert "memberOf" in ranker.thresholds
    assert all(set(kinds) == {"sure", "unsure", "pair"} for kinds in ranker.thresholds.values())
    assert dict(ranker.weights["proposed=partyTo"])["partyTo"] > 0


def test_relations_with_few_right_examples_keep_the_confidence_of_their_rules(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "MIN_POSITIVE", 3)
    outcome = training.train(gold, tmp_path / "ranker.tsv")
    assert set(outcome) == {"partyTo"}


def test_without_a_table_there_is_no_ranker(tmp_path: Path) -> None:
    assert load_ranker(tmp_path) is None


def test_usage_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        training.main([])
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err
