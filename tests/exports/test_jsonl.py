"""JSON Lines: the keys that other tools read, the same bytes, and the same graph back."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from diplograph.exports.jsonl import JSONL_FILES, read_jsonl, write_jsonl
from diplograph.extract.records import Claim
from diplograph.graph.build import build_graph
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.errors import InputError
from factories import claim, document, entity, extraction, graph_of, mention, sample_graph
from hypothesis import given
from hypothesis import strategies as st

ODD = entity(
    "person/x", 'A "quoted"\\ name\u2028with\nlines', aliases=["ß", "\t"], attributes=[("date", "1")]
)
TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
STATES = st.sampled_from(("country/JPN", "country/AUS"))
RELATION = st.sampled_from(("visits", "cooperatesWith"))
DATE = st.sampled_from(("", "2016", "2016-11"))
GRAPHS = [
    pytest.param(KnowledgeGraph(), id="empty"),
    pytest.param(sample_graph(), id="sample"),
    pytest.param(graph_of(claim("person/x", "visits", "country/JPN"), entities=[ODD]), id="odd-text"),
    pytest.param(build_graph([extraction(of=document("d", year=None))]), id="no-year"),
    pytest.param(build_graph([extraction(of=document("d", url="https://example.org/d"))]), id="address"),
    pytest.param(
        graph_of(claim("country/JPN", "visits", "country/AUS", section="1 A › B", page=3, anchor="b")),
        id="place",
    ),
    pytest.param(graph_of(claim("country/JPN", "visits", "country/AUS", text="a\ud800b")), id="lone-half"),
    pytest.param(
        graph_of(
            claim("country/JPN", "visits", "country/AUS", date="2016", date_text=["in 2016", "last year"])
        ),
        id="words-of-the-date",
    ),
]


@pytest.mark.parametrize("kg", GRAPHS)
def test_reading_back_gives_the_same_graph(kg: KnowledgeGraph, tmp_path: Path) -> None:
    assert [path.name for path in write_jsonl(kg, tmp_path)] == list(JSONL_FILES)
    assert read_jsonl(tmp_path) == kg


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_keys_are_those_of_the_architecture(tmp_path: Path) -> None:
    quote = claim("country/JPN", "visits", "issue/health", text="Words.", date="2016")
    kg = build_graph([extraction([quote], mentions=[mention("country/JPN", "Japan", start=3)])])
    write_jsonl(kg, tmp_path)
    country, issue = lines(tmp_path / "entities.jsonl")
    assert list(country) == ["id", "class", "label", "aliases", "iso3", "same_as", "attributes"]
    assert "iso3" not in issue
    assert lines(tmp_path / "mentions.jsonl") == [
        {
            "document": "yearbook",
            "start": 3,
            "end": 8,
            "text": "Japan",
            "class": "Country",
            "entity": "country/JPN",
            "how": "test",
        }
    ]
    assert lines(tmp_path / "claims.jsonl") == [
        {
            "id": quote.id,
            "subject": "country/JPN",
            "predicate": "visits",
            "object": "issue/health",
            "qualifiers": {"date": "2016"},
            "modality": "asserted",
            "confidence": 0.9,
            "rule": "test-rule",
            "evidence": [{"document": "yearbook", "start": 0, "end": 6, "text": "Words."}],
        }
    ]
    (record,) = lines(tmp_path / "documents.jsonl")
    assert list(record)[:6] == ["id", "file", "title", "publisher", "country", "reference_year"]


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from factories import sample_graph;"
        "from diplograph.exports.jsonl import write_jsonl; write_jsonl(sample_graph(), Path(sys.argv[1]))"
    )
    seen = set()
    for seed in ("0", "1", "8"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
        subprocess.run([sys.executable, "-c", code, str(folder)], check=True, env=environment)
        seen.add(b"\0".join((folder / name).read_bytes() for name in JSONL_FILES))
    assert len(seen) == 1


DAMAGE = [
    pytest.param("claims.jsonl", "{", "line 1", id="not-json"),
    pytest.param("claims.jsonl", "[]", "line 1", id="not-an-object"),
    pytest.param("entities.jsonl", '\n{"id": "x"}', "line 2", id="key-missing"),
    pytest.param("entities.jsonl", '{"id": "x", "class": "Ship", "label": "X"}', "Ship", id="unknown-class"),
    pytest.param(
        "mentions.jsonl",
        '{"document": "d", "start": 0, "end": 1, "text": "x", "class": "Place", "entity": "place/x"}',
        "place/x",
        id="unknown-entity",
    ),
]


@pytest.mark.parametrize(("name", "text", "told"), DAMAGE)
def test_a_damaged_file_is_named(name: str, text: str, told: str, tmp_path: Path) -> None:
    write_jsonl(KnowledgeGraph(), tmp_path)
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_jsonl(tmp_path)


def test_a_claim_whose_words_were_edited_is_refused(tmp_path: Path) -> None:
    write_jsonl(graph_of(claim("country/JPN", "visits", "country/AUS", date="2016")), tmp_path)
    path = tmp_path / "claims.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("2016", "2017"), encoding="utf-8")
    with pytest.raises(InputError, match="the id"):
        read_jsonl(tmp_path)


def test_a_folder_without_a_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"documents\.jsonl"):
        read_jsonl(tmp_path)


@given(
    st.lists(st.builds(claim, STATES, RELATION, STATES, text=TEXT, purpose=TEXT, date=DATE), max_size=6), TEXT
)
def test_whatever_a_graph_says_is_read_back(said: list[Claim], label: str) -> None:
    kg = graph_of(*said, entities=[entity("country/JPN", label)])
    with TemporaryDirectory() as folder:
        write_jsonl(kg, Path(folder))
        assert read_jsonl(Path(folder)) == kg


def test_a_graph_reads_itself_from_a_folder(tmp_path: Path) -> None:
    import diplograph

    write_jsonl(sample_graph(), tmp_path)
    assert KnowledgeGraph.read(tmp_path) == diplograph.read(str(tmp_path)) == sample_graph()
