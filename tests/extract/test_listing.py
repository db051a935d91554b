"""Names that only commas and conjunctions part stand in one list."""

import pytest
from diplograph.extract.extractor import Extractor
from diplograph.extract.listing import lists_of
from prose import prose

# a sentence, and the names that stand in one list with its first name
ROWS = [
    pytest.param("Chile, Peru and Norway met.", "Chile|Peru|Norway", id="commas"),
    pytest.param("Chile, the African Union, as well as Norway, met.", "Chile|African Union|Norway", id="states-and-bodies"),
    pytest.param("Chile met Peru and Norway.", "", id="a-verb-between"),
    pytest.param("Chile in Lima, Peru, met.", "", id="a-preposition-between"),
    pytest.param("Chile, Ban Ki-moon and Norway met.", "", id="a-person-between"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_the_list_of_the_first_name(extractor: Extractor, text: str, expected: str) -> None:
    document = prose(text)
    ((_, scene, _),) = extractor.relations.read_scenes(document, extractor.names(document))
    lists = lists_of(scene.parsed)
    first = scene.names()[0].token
    told = [scene.mentions[i].text for i, t in scene.parsed.named_tokens if lists.get(t) == lists.get(first)]
    assert (told if first in lists else []) == (expected.split("|") if expected else [])
