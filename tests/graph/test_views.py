"""A view is a part of its base and never changes it."""

from collections.abc import Callable

import pytest
from diplograph.graph.knowledge import KnowledgeGraph
from factories import claim, graph_of, sample_graph
from hypothesis import given
from hypothesis import strategies as st

View = Callable[[KnowledgeGraph], KnowledgeGraph]
VIEWS: dict[str, tuple[View, int]] = {
    "asserted": (lambda kg: kg.asserted(), 9),
    "only-relation": (lambda kg: kg.only("addresses"), 2),
    "only-family": (lambda kg: kg.only("aid", "meeting"), 2),
    "during-a-month": (lambda kg: kg.during("2017-01"), 2),
    "during-years": (lambda kg: kg.during(2016, 2017), 8),
    "edition": (lambda kg: kg.edition("yearbook-2016"), 3),
    "around": (lambda kg: kg.around("India"), 1),
    "around-two-hops": (lambda kg: kg.around("Philippines", hops=2), 5),
    "at-2015": (lambda kg: kg.at(2015), 3),
    "combined": (lambda kg: kg.edition("yearbook-2017").asserted().only("partyTo"), 2),
    "nothing": (lambda kg: kg.during(1850), 0),
}


@pytest.mark.parametrize(("view", "count"), [pytest.param(*v, id=k) for k, v in VIEWS.items()])
def test_a_view_is_a_consistent_part_of_its_base(view: View, count: int) -> None:
    base = sample_graph()
    before = (dict(base.entities), base.claims, dict(base.documents), base.mentions, list(base.graph.edges))
    part = view(base)
    after = (dict(base.entities), base.claims, dict(base.documents), base.mentions, list(base.graph.edges))
    assert before == after
    assert len(part.claims) == count
    assert set(part.claims_by_id) <= set(base.claims_by_id)
    assert part.entities.items() <= base.entities.items()
    assert set(part.mentions) <= set(base.mentions)
    rebuilt = KnowledgeGraph(
        entities=part.entities, claims=part.claims, documents=part.documents, mentions=part.mentions
    )
    assert rebuilt == part
    assert list(rebuilt.graph.edges(keys=True)) == list(part.graph.edges(keys=True))


@given(st.permutations(sorted(VIEWS)), st.integers(1, 4))
def test_views_of_views_never_grow(order: list[str], depth: int) -> None:
    kg = sample_graph()
    for name in order[:depth]:
        view = VIEWS[name][0]
        try:
            part = view(kg)
        except (KeyError, ValueError):  # an earlier view left the entity or document out
            continue
        assert set(part.claims_by_id) <= set(kg.claims_by_id)
        kg = part


def test_an_edition_keeps_only_its_own_words() -> None:
    part = sample_graph().edition("yearbook-2016")
    assert list(part.documents) == ["yearbook-2016"]
    assert {piece.document for c in part.claims for piece in c.evidence} == {"yearbook-2016"}
    assert {m.document for m in part.mentions} == {"yearbook-2016"}


def test_surroundings_keep_all_claims_among_them() -> None:
    kg = graph_of(
        claim("country/JPN", "visits", "country/AUS"),
        claim("country/AUS", "visits", "country/IND"),
        claim("country/JPN", "visits", "country/IND"),
        claim("country/IND", "visits", "country/PHL"),
    )
    assert len(kg.around("JPN").claims) == 3
    assert list(kg.around("JPN", hops=0).entities) == ["country/JPN"]


MEMBER = claim("country/JPN", "memberOf", "organization/x", start="2010", end="2012")
SERIES = [
    pytest.param([claim("country/JPN", "visits", "country/AUS", date="2015")], 2016, 0, id="visit-over"),
    pytest.param([claim("country/JPN", "visits", "country/AUS", date="2016")], 2016, 1, id="visit-then"),
    pytest.param([claim("country/JPN", "partyTo", "agreement/x", date="2012")], 2016, 1, id="lasting"),
    pytest.param([claim("country/JPN", "partyTo", "agreement/x", date="2018")], 2016, 0, id="later"),
    pytest.param(
        [claim("country/JPN", "partyTo", "agreement/x", date="2018-05-01")], "2018-05-01", 1, id="day"
    ),
    pytest.param(
        [claim("country/JPN", "partyTo", "agreement/x", date="2018-05-02")], "2018-05-01", 0, id="eve"
    ),
    pytest.param(
        [
            claim("country/JPN", "partyTo", "agreement/x", date="2014"),
            claim("country/JPN", "partyTo", "agreement/x", status="considering", date="2015"),
        ],
        2016,
        1,
        id="any-stage-before-none-told",
    ),
    pytest.param([MEMBER], 2011, 1, id="member-while"),
    pytest.param([MEMBER], 2013, 0, id="member-after"),
    pytest.param(
        [
            claim("country/JPN", "partyTo", "agreement/x", status="negotiating", date="2014"),
            claim("country/JPN", "partyTo", "agreement/x", status="signed", date="2015"),
        ],
        2016,
        1,
        id="only-the-latest-stage",
    ),
    pytest.param(
        [
            claim("country/JPN", "partyTo", "agreement/x", status="negotiating", date="2014"),
            claim("country/JPN", "partyTo", "agreement/x", status="signed", date="2017"),
        ],
        2016,
        1,
        id="the-stage-of-then",
    ),
    pytest.param(
        [claim("country/JPN", "memberOf", "forum/x", date="2010", modality="denied")], 2016, 0, id="denied"
    ),
]


@pytest.mark.parametrize(("said", "year", "count"), SERIES)
def test_state_of_affairs(said: list[object], year: int | str, count: int) -> None:
    assert len(graph_of(*said).at(year).claims) == count  # type: ignore[arg-type]


def test_what_does_not_exist_is_refused() -> None:
    kg = sample_graph()
    with pytest.raises(ValueError, match="yearbook-2016"):
        kg.edition("yearbook-1066")
    with pytest.raises(ValueError, match="likes"):
        kg.only("likes")
    with pytest.raises(ValueError, match="no date"):
        kg.at("soon")


def test_an_issue_that_only_qualifies_stays_in_the_view() -> None:
    kg = graph_of(claim("country/JPN", "cooperatesWith", "country/IND", issue="issue/health"))
    assert "issue/health" in kg.asserted().entities
