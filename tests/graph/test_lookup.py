"""Names lead to entities, misspellings to suggestions, conditions to claims."""

import pytest
from diplograph.graph.dates import parse_period
from diplograph.graph.lookup import UnknownEntity, normal_name
from diplograph.graph.relations import families, relation_traits, relations_of, stages
from diplograph.ontology.model import RELATIONS
from factories import claim, entity, graph_of, sample_graph

KG = sample_graph()

RESOLVED = [
    pytest.param("country/JPN", "country/JPN", id="id"),
    pytest.param("JPN", "country/JPN", id="code"),
    pytest.param("jpn", "country/JPN", id="code-lower-case"),
    pytest.param("Japan", "country/JPN", id="label"),
    pytest.param("japanese", "country/JPN", id="alias"),
    pytest.param("the United  Kingdom", "country/GBR", id="article-and-space"),
    pytest.param("ARF", "forum/asean-regional-forum", id="abbreviation"),
    pytest.param("asean-regional-forum", "forum/asean-regional-forum", id="slug"),
    pytest.param("Japan–UK ACSA", "agreement/japan-uk-acsa", id="dash"),
]


@pytest.mark.parametrize(("name", "expected"), RESOLVED)
def test_names_lead_to_entities(name: str, expected: str) -> None:
    assert KG[name].id == expected
    assert name in KG


UNKNOWN = [
    pytest.param("Jappan", "country/JPN", id="misspelt"),
    pytest.param("ACSA", "agreement/japan-uk-acsa", id="part-of-a-name"),
    pytest.param("Regional Forum", "forum/asean-regional-forum", id="some-words"),
]


@pytest.mark.parametrize(("name", "suggested"), UNKNOWN)
def test_unknown_names_get_suggestions(name: str, suggested: str) -> None:
    assert name not in KG
    with pytest.raises(UnknownEntity) as refusal:
        KG[name]
    assert refusal.value.suggestions[0] == suggested
    assert KG.entities[suggested].label in str(refusal.value)


def test_a_name_far_from_all_gets_no_suggestion() -> None:
    with pytest.raises(UnknownEntity) as refusal:
        KG["Zzyzx"]
    assert refusal.value.suggestions == ()


def test_a_name_of_two_entities_is_not_decided() -> None:
    twins = [entity(f"person/{n}", "Kim", aliases=[n]) for n in ("one", "two")]
    kg = graph_of(*(claim(e.id, "visits", "country/JPN") for e in twins), entities=twins)
    with pytest.raises(UnknownEntity, match="several") as refusal:
        kg["Kim"]
    assert refusal.value.suggestions == ("person/one", "person/two")
    assert kg["two"].id == "person/two"


def test_a_label_wins_over_an_alias() -> None:
    labelled = entity("country/GEO", "Georgia")
    aliased = entity("place/us-georgia", "State of Georgia", aliases=["Georgia"])
    kg = graph_of(claim("place/us-georgia", "locatedIn", "country/GEO"), entities=[labelled, aliased])
    assert kg["Georgia"] == labelled


def test_find_puts_the_better_connected_first() -> None:
    assert [e.id for e in KG.find("ACSA")] == ["agreement/japan-uk-acsa", "agreement/japan-australia-acsa"]
    assert [e.id for e in KG.find("ACSA", limit=1)] == ["agreement/japan-uk-acsa"]
    assert KG.find("ACSA", cls="Forum") == ()
    assert KG.find("") == ()


def test_similar_names_are_a_last_resort() -> None:
    assert [e.id for e in KG.find("Indai")] == ["country/IND"]
    kg = graph_of(claim("country/IND", "visits", "place/indi"))
    assert [e.id for e in kg.find("Indi")] == ["place/indi"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("The Hague", "hague"), ("the", "the"), ("Côte d’Ivoire", "cote d ivoire"), ("U.S.", "u s"), ("", "")],
)
def test_normal_name(text: str, expected: str) -> None:
    assert normal_name(text) == expected


def test_neighbours() -> None:
    assert [e.id for e in KG.neighbours("Japan", cls="Country")] == ["country/IND", "country/PHL"]
    assert [e.id for e in KG.neighbours("Philippines")] == ["country/JPN"]
    assert [e.id for e in KG.neighbours("Japan", relation="meeting")] == ["forum/asean-regional-forum"]


SELECTED = [
    pytest.param({}, 10, id="all"),
    pytest.param({"entity": "Japan"}, 5, id="entity"),
    pytest.param({"pair": ("India", "Japan")}, 1, id="pair"),
    pytest.param({"subject": "Japan"}, 4, id="subject"),
    pytest.param({"object": "Japan-UK ACSA"}, 4, id="object"),
    pytest.param({"cls": "IssueArea"}, 2, id="class"),
    pytest.param({"relation": "partyTo"}, 5, id="relation"),
    pytest.param({"relation": "agreement"}, 5, id="family"),
    pytest.param({"issue": "terrorism"}, 2, id="issue-of-a-forum"),
    pytest.param({"issue": "maritime-security"}, 3, id="issue-as-qualifier"),
    pytest.param({"document": "yearbook-2016"}, 3, id="document"),
    pytest.param({"modality": "planned"}, 1, id="modality"),
    pytest.param({"min_confidence": 0.95}, 1, id="confidence"),
    pytest.param({"period": parse_period("2017")}, 2, id="period"),
    pytest.param({"entity": "Japan", "relation": "aid", "modality": "planned"}, 0, id="together"),
]


@pytest.mark.parametrize(("conditions", "count"), SELECTED)
def test_select(conditions: dict[str, object], count: int) -> None:
    found = KG.select(**conditions)  # type: ignore[arg-type]
    assert len(found) == count
    assert [c.id for c in found] == sorted(c.id for c in found)


REFUSED = [
    pytest.param({"cls": "Ship"}, "Ship", id="class"),
    pytest.param({"relation": "likes"}, "likes", id="relation"),
    pytest.param({"modality": "maybe"}, "maybe", id="modality"),
    pytest.param({"document": "nowhere"}, "nowhere", id="document"),
    pytest.param({"entity": "Zzyzx"}, "Zzyzx", id="entity"),
]


@pytest.mark.parametrize(("conditions", "told"), REFUSED)
def test_select_refuses_what_does_not_exist(conditions: dict[str, str], told: str) -> None:
    with pytest.raises((ValueError, UnknownEntity), match=told):
        KG.select(**conditions)  # type: ignore[arg-type]


def test_evidence_of_a_claim() -> None:
    (said,) = KG.select(relation="participatesIn")
    assert KG.evidence(said) == KG.evidence(said.id) == said.evidence
    with pytest.raises(KeyError):
        KG.evidence("0" * 16)


def test_every_relation_has_traits() -> None:
    assert tuple(relation_traits()) == RELATIONS
    assert relations_of(*families()) == RELATIONS
    assert relations_of("aid", "visits") == ("providesAssistanceTo", "visits")


def test_stages_follow_the_life_of_an_agreement() -> None:
    ranks = [stage.rank for stage in stages().values()]
    assert ranks == sorted(ranks)
    assert list(dict.fromkeys(s.name for s in stages().values())) == [
        "negotiating",
        "signed",
        "ratified",
        "in force",
        "ended",
    ]
