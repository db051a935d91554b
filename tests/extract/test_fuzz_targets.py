"""The targets of the fuzzer hold for its seeds, for whatever hypothesis finds, and for what the fuzzer found before."""

import pytest
from fuzz.targets import TARGETS, seeds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

# Loading the extractor takes seconds, reading a text with it long: fewer tries.
SLOW = frozenset({"names", "claims"})
WORDS = st.sampled_from(
    [
        *(
            "Norway ",
            "the UN ",
            "Paris Agreement ",
            "signed ",
            "on 3 May 2016",
            "Mr. Holm (Norway): ",
            "US$ 5 million ",
        ),
        *(
            "\n",
            "\r\n\r\n",
            "\n17\n",
            " | ",
            "\t",
            "“",
            "”",
            "(",
            ")",
            ". ",
            "-\n",
            "\x00",
            "\u202e",
            "\ud800",
            "𝔘",
            "é",
        ),
        *(
            "# ",
            "1. ",
            "Article 5 ",
            "A/63/PV.5",
            "its ",
            "Country | Agreement | Signed\n",
            "see also ",
            "\u00ad",
            "\u2028",
        ),
    ]
)
# Inputs that once failed, by target.
FOUND = [
    pytest.param("names", b"Norway \xed\xa0\x80", id="half-a-surrogate-pair"),
    pytest.param("rules", b'\x04(\x00x = "', id="a-table-of-numbers-without-its-column"),
]


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_seeds_pass(target: str) -> None:
    for data in seeds(target):
        TARGETS[target](data)


@pytest.mark.parametrize(("target", "data"), FOUND)
def test_what_was_found_passes(target: str, data: bytes) -> None:
    TARGETS[target](data)


@pytest.mark.parametrize("target", sorted(TARGETS.keys() - SLOW))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200))
def test_any_bytes_pass(target: str, data: bytes) -> None:
    TARGETS[target](data)


@pytest.mark.parametrize("target", ["amounts", "claims", "dates", "names", "structure", "tokens"])
@settings(max_examples=30, deadline=None)
@given(text=st.lists(WORDS, max_size=40).map("".join))
def test_words_of_the_field_in_any_order_pass(target: str, text: str) -> None:
    TARGETS[target](text.encode("utf-8", "surrogatepass"))
