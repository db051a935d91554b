"""What no rule may claim, by the name of the object."""

from dataclasses import replace
from pathlib import Path

import pytest
from diplograph.extract.candidates import Candidate
from diplograph.extract.extractor import rules_folder
from diplograph.extract.refusals import load_refusals
from diplograph.extract.scene import Participant
from diplograph.ontology.errors import TableError
from diplograph.ontology.vocabulary import Entry


def candidate(predicate: str, tail: str, cls: str) -> Candidate:
    """Make a candidate of Estonia's."""
    return Candidate(
        predicate=predicate,
        head=Participant(entity="country/EST", cls="Country", token=0),
        tail=Participant(entity=tail, cls=cls, token=1),
        rule="any",
        cue=0,
    )


ROWS = [
    pytest.param("supports", "event/russias-war-against-ukraine", "Event", True, id="war"),
    pytest.param("supports", "event/earth-summit", "Event", False, id="summit"),
    pytest.param("supports", "event/warsaw-summit", "Event", False, id="whole-words-only"),
    pytest.param("criticizes", "event/russias-war-against-ukraine", "Event", False, id="other-relation"),
    pytest.param("supports", "programme/war-graves-fund", "Programme", False, id="other-class"),
    pytest.param("chairs", "organization/european-commission", "Organization", True, id="whole-name"),
    pytest.param("chairs", "organization/peacebuilding-commission", "Organization", False, id="another-name"),
]


@pytest.mark.parametrize(("predicate", "tail", "cls", "refused"), ROWS)
def test_refusals(predicate: str, tail: str, cls: str, refused: bool) -> None:
    assert bool(load_refusals(rules_folder())(candidate(predicate, tail, cls))) is refused


def test_a_refusal_without_examples_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "refusals.toml").write_text(
        '[[refusal]]\npredicate = "supports"\nclass = "Event"\nwords = ["war"]\n', encoding="utf-8"
    )
    with pytest.raises(TableError):
        load_refusals(tmp_path)


HOME = Entry(
    id="organization/japan-coast-guard",
    cls="Organization",
    label="Japan Coast Guard",
    forms=(),
    facts={"country": "JPN"},
)


@pytest.mark.parametrize(
    ("state", "refused"), [pytest.param("JPN", True, id="own"), pytest.param("PLW", False, id="another")]
)
def test_a_state_and_its_own_body_are_one_side(state: str, refused: bool) -> None:
    pair = replace(
        candidate("cooperatesWith", HOME.id, "Organization"),
        head=Participant(entity=f"country/{state}", cls="Country", token=0),
    )
    assert bool(load_refusals(rules_folder(), [HOME])(pair)) is refused


TALLINN = Entry(id="place/tallinn", cls="Place", label="Tallinn", forms=(), facts={"country": "EST"})
VISITS = [
    pytest.param("person/kaja-kallas", "place/tallinn", True, id="a-place-of-the-own-state"),
    pytest.param("person/kaja-kallas", "country/EST", True, id="the-own-state"),
    pytest.param("person/kaja-kallas", "country/FIN", False, id="another-state"),
    pytest.param("person/sanna-marin", "place/tallinn", False, id="of-nobody-knows-where"),
]


@pytest.mark.parametrize(("who", "where", "refused"), VISITS)
def test_nobody_visits_their_own_state(who: str, where: str, refused: bool) -> None:
    visit = replace(candidate("visits", where, "Place"), head=Participant(entity=who, cls="Person", token=0))
    estonia = Participant(entity="country/EST", cls="Country", token=-1)
    told = load_refusals(rules_folder(), [TALLINN])(visit, {"person/kaja-kallas": estonia})
    assert bool(told) is refused
