"""Labels apart from their text come back as labelled documents."""

import hashlib
import json
from pathlib import Path

import pytest
from diplograph.extract.gold_standoff import read_standoff
from diplograph.ontology.errors import InputError

TEXT = "A speech.\nWe thank the United\nNations. Fiji ratified the Paris Agreement.\n"


def labelled(tmp_path: Path, *, sha256: str) -> Path:
    start = TEXT.index("Fiji")
    paris = TEXT.index("Paris")
    thanks = TEXT.index("We thank")
    row = {
        "file": "speech.txt",
        "sha256": sha256,
        "country": "FJI",
        "reference_year": 2016,
        "sentences": [[thanks, TEXT.index("Nations.") + 8], [start, TEXT.index("ment.") + 5]],
        "mentions": [
            [TEXT.index("United"), TEXT.index("Nations.") + 7, "Organization", "organization/united-nations"],
            [start, start + 4, "Country", "country/FJI"],
            [paris, paris + 15, "Agreement", "agreement/paris-agreement"],
        ],
        "relations": [[2, "partyTo", "country/FJI", "agreement/paris-agreement", "status=ratified"]],
    }
    folder = tmp_path / "labels"
    folder.mkdir()
    (folder / "set.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (tmp_path / "speech.txt").write_bytes(TEXT.encode())
    return folder


def test_labels_meet_their_text(tmp_path: Path) -> None:
    folder = labelled(tmp_path, sha256=hashlib.sha256(TEXT.encode()).hexdigest())
    (gold,) = read_standoff(folder, tmp_path)
    text = gold.document.text
    assert text.splitlines() == ["We thank the United Nations.", "Fiji ratified the Paris Agreement."]
    assert [(text[m.start : m.end], m.entity) for m in gold.mentions] == [
        ("United Nations", "organization/united-nations"),
        ("Fiji", "FJI"),
        ("Paris Agreement", "agreement/paris-agreement"),
    ]
    (relation,) = gold.relations
    assert (relation.sentence, relation.predicate, relation.head, relation.tail) == (
        1,
        "partyTo",
        "FJI",
        "agreement/paris-agreement",
    )


def test_another_text_is_refused(tmp_path: Path) -> None:
    folder = labelled(tmp_path, sha256="0" * 64)
    with pytest.raises(InputError, match=r"is not the file that set\.jsonl labels"):
        read_standoff(folder, tmp_path)
