"""Sentences in the register of many publishers are read as a careful reader would, as well as was reached.

The batteries stand in ``tests/register/*.toml`` (all texts are ours), with the least share of labelled claims that must
be found (``least_recall``) and of claims made that must be labelled (``least_precision``).
"""

import tomllib
from pathlib import Path

import pytest
from diplograph.extract.extractor import load_extractor
from register_reading import FOLDER, judge, read_battery


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_battery_keeps_what_was_reached(path: Path) -> None:
    extractor = load_extractor()
    floors = tomllib.loads(path.read_text("utf-8"))
    judged = [judge(extractor, case) for case in read_battery(path)]
    found = sum(len(j.found) for j in judged)
    missed = sum(len(j.missed) for j in judged)
    wrong = sum(len(j.wrong) for j in judged)
    assert found / (found + missed) >= floors["least_recall"], [j.missed for j in judged if j.missed]
    assert found / (found + wrong) >= floors["least_precision"], [j.wrong for j in judged if j.wrong]
