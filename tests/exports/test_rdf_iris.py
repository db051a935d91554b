"""IRIs: made of ids alone, legal, and read back without loss."""

import pytest
import rdflib
from diplograph.exports.iris import external_iri, id_of, iri, path_of, prefixes
from hypothesis import given
from hypothesis import strategies as st

SEGMENT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda s: s not in (".", ".."))


@given(st.lists(SEGMENT.filter(lambda s: "/" not in s), min_size=1, max_size=3).map("/".join))
def test_id_survives_its_iri(entity: str) -> None:
    name = iri(path_of(entity))
    assert id_of(name) == entity
    assert rdflib.term._is_valid_uri(name)


@pytest.mark.parametrize("entity", ["", "country/", "a//b", "../x", "country/.."])
def test_id_with_an_empty_or_dotted_segment_is_refused(entity: str) -> None:
    with pytest.raises(ValueError, match="segments"):
        path_of(entity)


def test_foreign_iri_is_not_ours() -> None:
    with pytest.raises(ValueError, match="not an IRI of ours"):
        id_of("http://example.org/country/JPN")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_external_iri_is_legal(name: str) -> None:
    assert rdflib.term._is_valid_uri(external_iri("http://example.org/" + name))


def test_prefixes_are_sorted_and_hold_ours() -> None:
    assert list(prefixes()) == sorted(prefixes())
    assert prefixes()["dg"] == "https://w3id.org/diplograph/ontology#"
