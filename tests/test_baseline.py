"""The scores on the labelled documents stay at what was reached.

``tests/baseline.json`` holds the F1 scores (recall for qualifiers), in points, of three groups of labelled
documents: those with an even number together with the yearbook, those with an odd number, and closed texts of
our own in the registers of many publishers, which no rule and no weight was made from. Only totals are kept.
``DIPLOGRAPH_UPDATE_BASELINE=1`` writes them anew.
"""

import csv
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from diplograph.exports.jsonl import write_jsonl

from diplograph.evaluate import Evaluation, evaluate, read_gold_folder
from diplograph.pipeline import build_graph_of, read_documents

BASELINE = Path(__file__).parent / "baseline.json"
GOLD = Path(__file__).parents[2] / "shared" / "gold" / "dev"
CLOSED = Path(__file__).parent / "labels" / "closed"
# Points below the baseline that are noise of a small change rather than a loss.
SLACK = 0.5


def group_of(path: Path) -> str:
    """Tell by its folder or number to which group a labelled document belongs."""
    if path.parent == CLOSED:
        return "closed"
    number = re.match(r"(\d+)_", path.name)
    return "odd" if number and int(number[1]) % 2 else "even"


def prepared(group: str, folder: Path) -> tuple[Path, Path]:
    """Copy the labels of a group and write their texts with a manifest; give both folders."""
    gold, texts = folder / "gold", folder / "texts"
    gold.mkdir()
    texts.mkdir()
    for path in sorted((CLOSED if group == "closed" else GOLD).glob("*.ann")):
        if group_of(path) == group:
            shutil.copyfile(path, gold / path.name)
    with (texts / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "title", "publisher", "country", "reference_year"])
        for labelled in read_gold_folder(gold):
            one = labelled.document
            (texts / one.file).write_text(one.text, encoding="utf-8")
            rows.writerow([one.file, one.title, one.publisher, one.country, one.reference_year or ""])
    return gold, texts


def points(evaluation: Evaluation) -> dict[str, float]:
    """Give the scores in points, rounded to a hundredth."""
    scores = {name: round(100 * tally.f1, 2) for name, tally in evaluation.figures.items()}
    if not evaluation.qualifier.labelled:
        return scores
    return scores | {"qualifier": round(100 * evaluation.qualifier.recall, 2)}


@pytest.mark.corpus
@pytest.mark.parametrize("group", ["closed", "even", "odd"])
def test_scores_stay_within_half_a_point_of_the_baseline(group: str, tmp_path: Path) -> None:
    if group != "closed" and not GOLD.is_dir():
        pytest.skip("../shared/gold/dev does not lie beside the checkout")
    gold, texts = prepared(group, tmp_path)
    documents, failures = read_documents([texts / "manifest.csv"])
    assert failures == []
    build = tmp_path / "build"
    build.mkdir()
    write_jsonl(build_graph_of(documents).graph, build)
    reached = points(evaluate(gold, build))
    kept = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    if os.environ.get("DIPLOGRAPH_UPDATE_BASELINE") == "1":
        kept[group] = reached
        BASELINE.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    fallen = {
        name: (reached[name], score) for name, score in kept[group].items() if reached[name] < score - SLACK
    }
    assert fallen == {}, "scores (reached, baseline) fell by more than half a point"
