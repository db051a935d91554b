"""Questions: every one answers as expected, the same in rdflib, with names where codes are."""

import json
import os
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from diplograph.exports.ask import KINDS, AskError, ask, fill, questions
from diplograph.exports.query import open_store
from diplograph.exports.rdf_vocabulary import (
    BACKGROUND_GRAPH,
    VOCABULARY_GRAPH,
    background_text,
    vocabulary_text,
)
from diplograph.exports.turtle import turtle_text, write_turtle
from diplograph.exports.validate import validate
from question_facts import question_graph

GOLDEN = Path(__file__).with_name("questions_golden.json")
# What each question is asked about; the rows it must give are in the golden file.
ARGUMENTS = {
    "addressing": ["terrorism"],
    "adopted-by": ["Group of Seven"],
    "agreements-between": ["Japan", "AUS"],
    "agreements-in-year": ["2017"],
    "agreements-of": ["japanese"],
    "aid-by-year": ["JPN"],
    "aid-for": ["Patrol"],
    "aid-from": ["Japan"],
    "aid-to": ["Philippines"],
    "background-members-of": ["G7"],
    "chairs-in-year": ["2016"],
    "chairs-of": ["g7"],
    "cooperation-on": ["maritime-security"],
    "criticism-of": ["North Korea"],
    "deployments-of": ["country/JPN"],
    "disputes-of": ["Ukraine"],
    "established-by": ["Rome Statute"],
    "forums-on": ["terrorism"],
    "happened-in-year": ["2014"],
    "hosted-by": ["Japan"],
    "issues-of": ["g7"],
    "meetings-between": ["Japan", "UK"],
    "meetings-in-year": ["2016"],
    "members-of": ["UN"],
    "office-holders-of": ["UN"],
    "offices-of": ["Shinzo Abe"],
    "participants-of": ["G7 Ise-Shima Summit"],
    "parties-of": ["Japan-UK ACSA"],
    "partners-of": ["Japan"],
    "parts-of": ["UN"],
    "relations-of": ["India"],
    "said-of": ["Japan-UK ACSA"],
    "said-of-pair": ["Australia", "Japan"],
    "sessions-of": ["G7"],
    "sharing-forums-with": ["Japan"],
    "support-for": ["ASEAN"],
    "visits-in-year": ["2016"],
    "visits-to": ["India"],
}
EMPTY = {"facts-without-quotation"}  # it must give no row


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_turtle(question_graph(), folder / "graph.ttl")
    return folder


@pytest.fixture(scope="module")
def in_rdflib() -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.default_graph.parse(data=turtle_text(question_graph()), format="turtle")
    for name, text in ((VOCABULARY_GRAPH, vocabulary_text()), (BACKGROUND_GRAPH, background_text())):
        dataset.graph(rdflib.URIRef(name)).parse(data=text, format="turtle")
    return dataset


def rows_of(folder: Path, name: str) -> list[list[str]]:
    answer = json.loads(ask(folder, name, ARGUMENTS.get(name, []), format="json"))
    names = answer["head"]["vars"]
    return [[row.get(n, {}).get("value", "") for n in names] for row in answer["results"]["bindings"]]


# They show what is denied too, and say so in the column "mode"; the last two tell of documents and of other sources.
SHOW_MODES = {"said-of", "said-of-pair"}
OF_NO_CLAIM = {"documents", "background-members-of"}


@pytest.fixture(scope="module")
def all_denied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("denied")
    write_turtle(question_graph(modality="denied"), folder / "graph.ttl")
    return folder


@pytest.mark.parametrize("name", [n for n in questions() if n not in OF_NO_CLAIM])
def test_what_is_denied_answers_no_question(name: str, all_denied: Path) -> None:
    answer = json.loads(ask(all_denied, name, ARGUMENTS.get(name, []), format="json"))
    modes = {row.get("mode", {}).get("value") for row in answer["results"]["bindings"]}
    assert modes == ({"Denied"} if name in SHOW_MODES else set())


def test_there_are_thirty_questions_and_more() -> None:
    assert len(questions()) >= 30


@pytest.mark.skipif("UPDATE_GOLDEN" not in os.environ, reason="UPDATE_GOLDEN writes the golden rows anew")
def test_update_golden(built: Path) -> None:
    golden = {name: rows_of(built, name) for name in questions()}
    lines = ",\n".join(
        f" {json.dumps(name)}: ["
        + ",".join(f"\n  {json.dumps(row, ensure_ascii=False)}" for row in rows)
        + "]"
        for name, rows in golden.items()
    )
    GOLDEN.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


@pytest.mark.parametrize("name", questions())
def test_question_gives_the_expected_rows(name: str, built: Path) -> None:
    expected = json.loads(GOLDEN.read_text(encoding="utf-8"))[name]
    assert rows_of(built, name) == expected
    assert bool(expected) == (name not in EMPTY)


@pytest.mark.parametrize("name", questions())
def test_rdflib_gives_the_same_rows(name: str, built: Path, in_rdflib: rdflib.Dataset) -> None:
    query = fill(open_store(built), questions()[name], ARGUMENTS.get(name, []))
    found = in_rdflib.query(query)
    theirs = sorted(["" if term is None else _plain(term) for term in row] for row in found)
    ours = sorted([_plain_text(cell) for cell in row] for row in rows_of(built, name))
    assert theirs == ours


def _plain(term: rdflib.term.Node) -> str:
    return _plain_text(str(term))


def _plain_text(text: str) -> str:
    """Write numbers alike: the engines differ in trailing noughts."""
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", text) else text


@pytest.mark.parametrize("name", questions())
def test_question_is_well_made(name: str) -> None:
    question = questions()[name]
    assert question.sentence[0].isupper() and re.search(r"[?.)]\Z", question.sentence)
    assert set(re.findall(r"\{(\w+)\}", question.sentence)) == {p.name for p in question.parameters}
    for parameter in question.parameters:
        assert parameter.kind in {*KINDS, "year", "text"}
        assert re.search(rf"VALUES \?{parameter.name} \{{[^}}]+\}}", question.query)
    assert "ORDER BY" in question.query
    ox.Store().query(question.query)  # complete by itself: own prefixes, an example for each parameter


def test_graph_of_the_questions_conforms() -> None:
    assert validate(question_graph(), engine="sparql").findings == ()


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        pytest.param("agreements-betwen", [], "did you mean agreements-between", id="question"),
        pytest.param("zzz", [], "diplograph questions", id="no question is near"),
        pytest.param("agreements-of", ["Japn"], "no Country is called 'Japn'.* mean .*japan", id="name"),
        pytest.param("agreements-of", ["qqqqq"], "try another name", id="no name is near"),
        pytest.param("agreements-of", ["G7"], "no Country", id="of another class"),
        pytest.param("agreements-of", [], "0 given; write: agreements-of <country>", id="few"),
        pytest.param("agreements-of", ["a", "b"], "takes 1 values, 2 given", id="many"),
        pytest.param("visits-in-year", ["last"], "'last' is no year", id="year"),
    ],
)
def test_what_cannot_be_asked(name: str, arguments: list[str], message: str, built: Path) -> None:
    with pytest.raises(AskError, match=message):
        ask(built, name, arguments)


def test_a_state_that_no_document_names_gives_no_rows(built: Path) -> None:
    assert ask(built, "agreements-of", ["Uruguay"]).endswith("(0 rows)\n")


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        pytest.param("parts-of", "EU", id="organization"),
        pytest.param("participants-of", "Quad", id="forum"),
        pytest.param("parties-of", "NPT", id="agreement"),
    ],
)
def test_names_that_only_the_vocabularies_know_are_understood(name: str, argument: str, built: Path) -> None:
    assert ask(built, name, [argument]).endswith("(0 rows)\n")


def test_words_cannot_break_out_of_the_query(built: Path) -> None:
    assert ask(built, "aid-for", ['" } . ?s ?p ?o { "\\']).endswith("(0 rows)\n")
