"""What a sentence has none of fills no role: frames lose nothing where they do not look."""

import pytest
from diplograph.extract.parsing import MaskedSentence, Parsed
from diplograph.extract.present_classes import present_classes
from diplograph.extract.records import Document
from diplograph.extract.scene import Participant, Scene

KENYA = Participant(entity="country/KEN", cls="Country", token=-1)
ENVOY = Participant(entity="person/a", cls="Person", token=0)


def empty(**given: object) -> Scene:
    """Make the scene of a sentence without names."""
    parsed = Parsed(
        sentence=MaskedSentence(text="", mentions=(), places=(), starts=()),
        words=(), lower=(), heads=(), deps=(), tags=(), mention=(), inside=(), offsets=(), idx=(),
    )  # fmt: skip
    settings: dict[str, object] = {"anaphors": {}, "author": None} | given
    return Scene(document=Document(id="d", file="d.txt", text=""), parsed=parsed, entities={}, **settings)  # type: ignore[arg-type]


FILLED = [
    pytest.param(empty(), ["agent", "author", "topic", "latest", "foreign"], False, id="nobody"),
    pytest.param(empty(author=KENYA), ["agent", "author"], True, id="author"),
    pytest.param(empty(author=KENYA), ["agent", "else:author"], True, id="author-else"),
    pytest.param(empty(author=KENYA), ["agent"], False, id="author-not-asked"),
    pytest.param(empty(latest=(KENYA,)), ["latest"], True, id="latest"),
    pytest.param(empty(topic=(KENYA,)), ["topic"], True, id="topic"),
    pytest.param(empty(foreign=KENYA), ["foreign"], True, id="foreign"),
    pytest.param(empty(anaphors={0: (KENYA,)}), ["agent"], True, id="anaphor"),
    pytest.param(empty(anaphors={0: (ENVOY,)}), ["agent"], False, id="person"),
    pytest.param(
        empty(anaphors={0: (ENVOY,)}, speakers={"person/a": KENYA}), ["agent"], True, id="person-of-state"
    ),
]


@pytest.mark.parametrize(("scene", "roles", "expected"), FILLED)
def test_who_may_fill_a_role(scene: Scene, roles: list[str], expected: bool) -> None:
    assert present_classes(scene).may_fill(roles, frozenset({"Country"})) is expected
