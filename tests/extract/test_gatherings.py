"""Who leads, makes up and hosts occasions, who visits by meeting, and what author and addressee share."""

import pytest
from tests.extract.test_frames import document, extractor

DIALOGUE = "Poland hosted the 2016 Warsaw Summit. "

READS = [
    pytest.param(
        DIALOGUE + "The summit was opened by Andrzej Duda and Jens Stoltenberg.",
        ("participatesIn", "person/jens-stoltenberg"), id="led-by",
    ),
    pytest.param(
        DIALOGUE + "It included representatives from the World Bank and UNESCO.",
        ("participatesIn", "organization/world-bank"), id="it-included",
    ),
    pytest.param(
        "Secretary of State John Kerry met Russian Foreign Minister Sergei Lavrov in Geneva.",
        ("visits", "person/john-kerry"), id="met-there",
    ),
    pytest.param(
        "Secretary Blinken and Secretary Austin's Call with Norwegian Foreign Minister Huitfeldt",
        ("participatesIn", "person/anniken-huitfeldt"), id="heading-call",
    ),
    pytest.param(
        "Secretary Antony J. Blinken And Norwegian Foreign Minister Anniken Huitfeldt Before Their Meeting",
        ("participatesIn", "country/NOR"), id="heading-before",
    ),
    pytest.param(
        "Korea proposed four-party talks, involving North Korea, Japan and China.",
        ("participatesIn", "country/CHN"), id="talks-involving",
    ),
    pytest.param("U.S.-ASEAN relations are close.", ("cooperatesWith", "country/USA"), id="names-joined"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READS)
def test_reads(text: str, expected: tuple[str, str]) -> None:
    found = {(c.predicate, e) for c in extractor()(document(text)).claims for e in (c.subject, c.object)}
    assert expected in found


LEAVES = [
    pytest.param("Moscow's war shocked the world.", "heldIn", id="whose war"),
    pytest.param("The deterioration in U.S.-ASEAN relations is sad.", "cooperatesWith", id="strained"),
    pytest.param("A conference on stability in Kisangani would help.", "heldIn", id="what it is on"),
    pytest.param("The delegation was led by experience.", "participatesIn", id="led by no one"),
]


@pytest.mark.parametrize(("text", "predicate"), LEAVES)
def test_leaves(text: str, predicate: str) -> None:
    assert predicate not in {c.predicate for c in extractor()(document(text)).claims}
