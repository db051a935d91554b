"""The ranker scores pairs of participants by weights that can be read, and falls back to the rules."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from diplograph.extract.candidates import Candidate
from diplograph.extract.extractor import Extractor
from diplograph.extract.pairs import STANDINGS, pair_up, stem
from diplograph.extract.ranking import Ranked, Ranker
from diplograph.extract.scene import Scene
from diplograph.ontology.model import SIGNATURES, SYMMETRIC_RELATIONS
from prose import prose


def scene_of(extractor: Extractor, text: str) -> tuple[Scene, list[Candidate]]:
    """Give the scene of one sentence and what the rules propose."""
    document = prose(text)
    ((_, scene, candidates),) = extractor.relations.read_scenes(document, extractor.names(document))
    return scene, candidates


STEMS = [
    pytest.param("signed", "sign", id="ed"),
    pytest.param("ratification", "ratific", id="ation"),
    pytest.param("agreements", "agree", id="ments"),
    pytest.param("is", "is", id="too-short"),
]


@pytest.mark.parametrize(("word", "expected"), STEMS)
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_pairs_fit_the_relations_they_are_offered_for(extractor: Extractor) -> None:
    scene, candidates = scene_of(extractor, "Ghana and Kenya ratified the Paris Agreement.")
    pairs = list(pair_up(scene, candidates))
    assert pairs
    for pair in pairs:
        assert pair.head.entity != pair.tail.entity
        assert set(pair.relations) <= set(SIGNATURES[pair.head.cls, pair.tail.cls])
        assert pair.head.entity < pair.tail.entity or not SYMMETRIC_RELATIONS & set(pair.relations)
        assert len(set(pair.relations)) == len(pair.relations)
    assert pairs == list(pair_up(scene, candidates))


def test_what_rules_propose_is_a_feature_of_the_pair(extractor: Extractor) -> None:
    scene, candidates = scene_of(extractor, "Ghana ratified the Paris Agreement.")
    (pair,) = (
        p
        for p in pair_up(scene, candidates)
        if (p.head.entity, p.tail.entity) == ("country/GHA", "agreement/paris-agreement")
    )
    assert "partyTo" in pair.proposals
    assert {"always", "classes=Country>Agreement", "proposed=partyTo", "order=head-first"} <= set(
        pair.features
    )


def test_a_pair_knows_whom_the_rules_propose_instead(extractor: Extractor) -> None:
    scene, candidates = scene_of(extractor, "Ghana, a neighbour of Togo, ratified the Paris Agreement.")
    pairs = {(p.head.entity, p.tail.entity): p for p in pair_up(scene, candidates)}
    ratifier = pairs["country/GHA", "agreement/paris-agreement"]
    other = pairs["country/TGO", "agreement/paris-agreement"]
    assert "other.head=partyTo" not in ratifier.features
    assert {"proposed=none", "other.head=partyTo", "head=country/TGO"} <= set(other.features)


def test_without_a_threshold_the_confidence_of_the_rule_decides(extractor: Extractor) -> None:
    scene, candidates = scene_of(extractor, "Ghana ratified the Paris Agreement.")
    ranked = [
        r
        for r in Ranker(weights={}, thresholds={}, scale={})(scene, candidates)
        if r.candidate.predicate == "partyTo"
    ]
    assert ranked
    assert all(r.probability == r.candidate.confidence for r in ranked)


def test_scores_are_sums_of_weights(extractor: Extractor) -> None:
    scene, candidates = scene_of(extractor, "Ghana ratified the Paris Agreement.")
    weights = {"always": (("partyTo", 0.5), ("supports", -1.0)), "proposed=partyTo": (("partyTo", 2.0),)}
    ranker = Ranker(weights=weights, thresholds={}, scale={})
    (pair,) = (p for p in pair_up(scene, candidates) if "partyTo" in p.proposals)
    assert ranker.scores(pair) == {"partyTo": 2.5, "supports": -1.0}


def test_a_hopeless_score_is_still_a_plain_number(extractor: Extractor) -> None:
    """The smallest probability has four digits at most, as every export can write it."""
    document = prose("Norway signed the Antarctic Treaty.")
    _, scene, candidates = next(iter(extractor.relations.read_scenes(document, extractor.names(document))))
    bare = dict.fromkeys(STANDINGS, 0.0)
    ranker = Ranker(weights={}, thresholds={"partyTo": bare}, scale={"partyTo": (1.0, -29.0)})
    found = [r.probability for r in ranker(scene, candidates) if r.candidate.predicate == "partyTo"]
    assert found == [0.0]


def test_an_office_that_is_not_told_is_no_claim(extractor: Extractor) -> None:
    """A build must say which office a person holds; a pair that only its features make one tells none."""

    def guess(scene: Scene, _: Sequence[Candidate]) -> list[Ranked]:
        (person,), (state,) = scene.names("Person"), scene.names("Country")
        pair = Candidate(predicate="holdsPosition", head=person, tail=state, rule="ranked-pair", cue=0)
        return [Ranked(candidate=pair, probability=0.9, accepted=True)]

    document = prose("Angela Merkel spoke of Norway.")
    relations = replace(extractor.relations, ranker=guess)
    reading = relations(document, extractor.names(document))
    assert not reading.claims
    assert [r.reason for r in reading.rejections] == ["holdsPosition tells no office"]
