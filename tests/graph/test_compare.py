"""Differences: empty with itself, mirrored, and right about what changed."""

from dataclasses import replace

import pytest
from diplograph.extract.records import Claim
from diplograph.graph.build import merge_claims
from diplograph.graph.compare import added, diff
from diplograph.graph.knowledge import KnowledgeGraph
from factories import claim, entity, graph_of, sample_graph
from hypothesis import given
from hypothesis import strategies as st

JPN, AUS = "country/JPN", "country/AUS"


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    """Draw a graph of few subjects, so that claims often speak of the same thing."""
    said = draw(
        st.lists(
            st.builds(
                claim,
                st.sampled_from((JPN, AUS)),
                st.sampled_from(("partyTo", "visits", "providesAssistanceTo")),
                st.sampled_from((JPN, "agreement/x")),
                status=st.sampled_from(("", "signed", "ratified")),
                date=st.sampled_from(("", "2016", "2016-11", "2017")),
                amount=st.sampled_from(("", "5", "6")),
                issue=st.sampled_from(("", "issue/health", "issue/energy")),
                confidence=st.sampled_from((0.5, 0.9)),
            ),
            max_size=8,
        )
    )
    return graph_of(*merge_claims(said))


@given(graphs())
def test_a_graph_does_not_differ_from_itself(kg: KnowledgeGraph) -> None:
    found = diff(kg, kg)
    assert found.empty
    assert found.same_claims == len(kg.claims)


@given(graphs(), graphs())
def test_differences_mirror(one: KnowledgeGraph, other: KnowledgeGraph) -> None:
    assert diff(one, other).mirrored() == diff(other, one)


@given(graphs(), graphs())
def test_every_claim_is_accounted_for_once(one: KnowledgeGraph, other: KnowledgeGraph) -> None:
    found = diff(one, other)
    assert len(one.claims) == found.same_claims + len(found.gone_claims) + len(found.changed_claims)
    assert len(other.claims) == found.same_claims + len(found.new_claims) + len(found.changed_claims)
    kept = set(one.claims_by_id) & set(other.claims_by_id)
    assert set(added(found).claims_by_id) == set(other.claims_by_id) - kept


CHANGES = [
    pytest.param(
        claim(JPN, "partyTo", "agreement/x", status="negotiating"),
        claim(JPN, "partyTo", "agreement/x", status="signed", date="2017-01"),
        (("date", "", "2017-01"), ("status", "negotiating", "signed")),
        1,
        id="status-moved-on",
    ),
    pytest.param(
        claim(JPN, "partyTo", "agreement/x", status="signed"),
        claim(JPN, "partyTo", "agreement/x", status="considering"),
        (("status", "signed", "considering"),),
        -1,
        id="status-moved-back",
    ),
    pytest.param(
        claim(JPN, "providesAssistanceTo", AUS, amount="5", currency="JPY"),
        claim(JPN, "providesAssistanceTo", AUS, amount="7", currency="JPY"),
        (("amount", "5", "7"),),
        0,
        id="amounts-differ",
    ),
    pytest.param(
        claim(JPN, "visits", AUS, date="2016"),
        claim(JPN, "visits", AUS, date="2016-11"),
        (("date", "2016", "2016-11"),),
        0,
        id="date-more-exact",
    ),
    pytest.param(
        claim(JPN, "visits", AUS, date="2016", modality="planned"),
        claim(JPN, "visits", AUS, date="2016"),
        (("modality", "planned", "asserted"),),
        0,
        id="plan-carried-out",
    ),
]


@pytest.mark.parametrize(("before", "after", "changes", "progress"), CHANGES)
def test_changes(
    before: Claim, after: Claim, changes: tuple[tuple[str, str, str], ...], progress: int
) -> None:
    found = diff(graph_of(before), graph_of(after))
    (change,) = found.changed_claims
    assert (change.changes, change.progress) == (changes, progress)
    assert not (found.new_claims or found.gone_claims)


APART = [
    pytest.param(
        claim(JPN, "visits", AUS, date="2009"), claim(JPN, "visits", AUS, date="2017"), id="another-visit"
    ),
    pytest.param(claim(JPN, "visits", AUS), claim(JPN, "hosts", AUS), id="another-relation"),
    pytest.param(
        claim(JPN, "cooperatesWith", "country/PHL", issue="issue/health"),
        claim(JPN, "cooperatesWith", "country/PHL", issue="issue/energy"),
        id="another-issue",
    ),
    pytest.param(claim(JPN, "visits", AUS), claim(AUS, "visits", JPN), id="the-other-way"),
]


@pytest.mark.parametrize(("before", "after"), APART)
def test_what_is_not_the_same_thing_is_new_and_gone(before: Claim, after: Claim) -> None:
    found = diff(graph_of(before), graph_of(after))
    assert (found.gone_claims, found.new_claims, found.changed_claims) == ((before,), (after,), ())


def test_the_most_alike_are_paired() -> None:
    before = graph_of(
        claim(JPN, "partyTo", "agreement/x", status="signed", date="2016"),
        claim(JPN, "partyTo", "agreement/x", status="negotiating", place="place/a"),
    )
    after = graph_of(claim(JPN, "partyTo", "agreement/x", status="inForce", date="2016"))
    found = diff(before, after)
    assert found.changed_claims[0].before.qualifiers.status == "signed"
    assert found.gone_claims[0].qualifiers.status == "negotiating"


def test_who_says_it_and_how_surely_does_not_count() -> None:
    said = claim(JPN, "visits", AUS)
    assert diff(graph_of(said), graph_of(replace(said, confidence=0.1, rule="other"))).empty


def test_entities_new_gone_and_changed() -> None:
    before = graph_of(claim(JPN, "visits", AUS))
    renamed = entity(JPN, "State of Japan", aliases=["Japan"])
    after = graph_of(claim(JPN, "visits", "country/IND"), entities=[renamed])
    found = diff(before, after)
    assert [e.id for e in found.new_entities] == ["country/IND"]
    assert [e.id for e in found.gone_entities] == [AUS]
    assert [(e.after.label, e.changes) for e in found.changed_entities] == [
        ("State of Japan", ("aliases", "label"))
    ]


def test_editions_of_the_samples() -> None:
    kg = sample_graph()
    found = diff(kg.edition("yearbook-2016"), kg.edition("yearbook-2017"))
    assert [c.progress for c in found.changed_claims] == [1, 1]
    assert found.same_claims == 1
    assert len(found.new_claims) == 5
    assert found.gone_claims == ()


def test_changes_are_sorted_by_what_they_are_about() -> None:
    states = [f"country/{letter}" for letter in "HCGBFAED"]
    before = graph_of(*(claim(state, "partyTo", "agreement/x", status="signed") for state in states))
    after = graph_of(*(claim(state, "partyTo", "agreement/x", status="ratified") for state in states))
    assert [item.before.subject for item in diff(before, after).changed_claims] == sorted(states)
