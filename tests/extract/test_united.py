"""Those who are named together are judged together: a member's score goes up towards its fellows', never down."""

import numpy as np
import pytest
from diplograph.extract.extractor import Extractor
from diplograph.extract.pairs import pair_up
from diplograph.extract.ranking import Ranked, Ranker
from diplograph.extract.united import judge_together
from prose import prose

BAR = {"sure": 0.5, "unsure": 0.5, "pair": 0.5}
LIST = "Norway, Ghana and Kenya condemned Iran."
APART = "Norway, with Ghana, condemned Iran."


def judged(
    extractor: Extractor, text: str, weights: dict[str, float], relation: str, *, together: bool
) -> dict[tuple[str, str], Ranked]:
    """Judge the pairs of a sentence by weights of one relation's features."""
    document = prose(text)
    ((_, scene, candidates),) = extractor.relations.read_scenes(document, extractor.names(document))
    ranker = Ranker(
        weights={f: ((relation, w),) for f, w in weights.items()},
        thresholds={relation: BAR},
        scale={relation: (1.0, 0.0)},
    )
    return {
        (r.candidate.head.entity[-3:], r.candidate.tail.entity[-3:]): r
        for r in ranker(scene, candidates, together=together)
        if r.candidate.predicate == relation and r.accepted
    }


# Text, weights, relation, and who has it with whom when judged together.
TOGETHER = [
    pytest.param(
        LIST,
        {"always": -1.0, "head=country/NOR": 3.0, "tail=country/IRN": 0.5},
        {("NOR", "IRN"), ("GHA", "IRN"), ("KEN", "IRN")},
        id="list",
    ),
    pytest.param(
        LIST,
        {"always": -1.0, "head=country/NOR": 3.0, "head=country/KEN": -20.0, "tail=country/IRN": 0.5},
        {("NOR", "IRN"), ("GHA", "IRN")},
        id="no-part",
    ),
    pytest.param(
        APART,
        {"always": -1.0, "head=country/NOR": 3.0, "tail=country/IRN": 0.5},
        {("NOR", "IRN")},
        id="no-list",
    ),
]


@pytest.mark.parametrize(("text", "weights", "expected"), TOGETHER)
def test_a_list_takes_one_stand(
    extractor: Extractor, text: str, weights: dict[str, float], expected: set[tuple[str, str]]
) -> None:
    alone = judged(extractor, text, weights, "criticizes", together=False)
    together = judged(extractor, text, weights, "criticizes", together=True)
    assert {key for key in alone if key[1] == "IRN"} == {("NOR", "IRN")}
    assert {key for key in together if key[1] == "IRN"} == expected
    assert together["NOR", "IRN"].probability == alone["NOR", "IRN"].probability


def test_no_score_falls(extractor: Extractor) -> None:
    document = prose("Norway, Ghana and Kenya condemned Iran and joined the Paris Agreement.")
    ((_, scene, candidates),) = extractor.relations.read_scenes(document, extractor.names(document))
    pairs = list(pair_up(scene, candidates))
    columns = {"criticizes": 0, "partyTo": 1, "cooperatesWith": 2}
    before = np.arange(len(pairs) * 3, dtype=np.float64).reshape(-1, 3) % 7
    after = before.copy()
    judge_together(scene, pairs, after, columns, {})
    assert (after >= before).all()
    assert (after > before).any()
