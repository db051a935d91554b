"""Names that no table lists are told by their form: how far they reach and of which class they are."""

import pytest
from diplograph.extract.extractor import Extractor
from prose import prose

ROWS = [
    pytest.param(
        "They ratified the Convention on the Care of Lighthouses.", [("Agreement", "Convention on the Care of Lighthouses")], id="of-the"
    ),
    pytest.param(
        "The Ministry of Reefs, Kelp and Tides replied.", [("Organization", "Ministry of Reefs, Kelp and Tides")], id="serial-comma"
    ),
    pytest.param("The Convention entered into force.", [], id="bare-head"),
    pytest.param("the convention on lighthouses", [], id="lower-case"),
    pytest.param(
        "It kept to the 1994 Lighthouse Care Convention.", [("Agreement", "Lighthouse Care Convention")], id="year-left-out"
    ),
    pytest.param(
        "Under the Lighthouse Care Act of 1994 it may.", [("Policy", "Lighthouse Care Act of 1994")], id="year-of-an-act"
    ),
    pytest.param(
        "They issued the Final Communiqué of the 4th Lighthouse Conference.",
        [("Agreement", "Final Communiqué of the 4th Lighthouse Conference")],
        id="ordinal-inside",
    ),
    pytest.param("It signed the Lighthouse Protocol by Norway.", [("Agreement", "Lighthouse Protocol")], id="by-a-state"),
    pytest.param(
        "The Council of Arab and African Lighthouse States met.",
        [("Organization", "Council of Arab and African Lighthouse States")],
        id="and-of-peoples",
    ),
    pytest.param("They kept to the Lusaka accords.", [("Agreement", "Lusaka accords")], id="of-a-city"),
    pytest.param(
        "It read the Secretary-General's Lighthouse Commission.",
        [("Organization", "Lighthouse Commission")],
        id="owner-left-out",
    ),
    pytest.param("They met in Sandvika, Norway.", [("Place", "Sandvika")], id="town-of-a-state"),
    pytest.param("In Sandvika, Norway held an exhibition.", [], id="no-town-of-a-state-that-acts"),
    pytest.param("It backed the Abuja talks.", [("Forum", "Abuja talks")], id="talks-of-a-city"),
    pytest.param("It spoke at the Mercosur summit.", [("Event", "Mercosur summit")], id="of-a-body"),
    pytest.param("It waits for a Mercosur summit.", [], id="any-of-a-body"),
    pytest.param("It upheld the Angolan peace accord.", [("Agreement", "Angolan peace accord")], id="of-a-state"),
    pytest.param("It praised the Angolan plans.", [], id="no-head-of-a-state"),
    pytest.param("The 4th Lighthouse Conference opened.", [("Event", "4th Lighthouse Conference")], id="ordinal"),
    pytest.param("They met at the Lighthouse Keepers Forum.", [("Forum", "Lighthouse Keepers Forum")], id="series"),
    pytest.param("The Lighthouse Care Fund paid.", [("Programme", "Lighthouse Care Fund")], id="programme"),
    pytest.param(
        "They signed the Lighthouse Care Accord in Lima.", [("Agreement", "Lighthouse Care Accord")], id="signed-in-a-city"
    ),
    pytest.param(
        "They adopted the Oban Plan of Action.", [("Agreement", "Oban Plan of Action")], id="head-of-several-words"
    ),
    pytest.param("It spoke at the Lima OSCE summit.", [("Event", "Lima OSCE summit")], id="of-a-city-and-a-body"),
    pytest.param("It backed the OAS reconciliation fund.", [("Programme", "OAS reconciliation fund")], id="word-between"),
    pytest.param("They landed at Lima airport.", [("Place", "Lima airport")], id="airport-of-a-city"),
    pytest.param("The Lighthouse Care Act was passed.", [("Policy", "Lighthouse Care Act")], id="policy"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_forms(extractor: Extractor, text: str, expected: list[tuple[str, str]]) -> None:
    assert [
        (m.cls, m.text) for m in extractor.names(prose(text)).mentions if m.how.startswith("form:")
    ] == expected


def test_a_title_ends_a_name(extractor: Extractor) -> None:
    text = "At the Lighthouse Conference President Alva Storhaug spoke."
    assert [m.text for m in extractor.names(prose(text)).mentions] == [
        "Lighthouse Conference",
        "Alva Storhaug",
    ]
