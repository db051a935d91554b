"""Say where listed names stand among the tokens of a sentence, for the grammar of unlisted names."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence

from diplograph.extract.choosing import Found
from diplograph.extract.tokens import Token
from diplograph.ontology.vocabulary import Entry

__all__ = ["is_title_case", "on_tokens", "owners_of", "towns"]

# Words that Title Case leaves small.
_LITTLE_WORDS = frozenset(
    {"a", "an", "the", "of", "on", "in", "to", "for", "and", "or", "with", "by", "at", "from"}
)
# Kinds of places that have towns in them.
_HAS_TOWNS = frozenset({"state", "province", "island", "territory", "region"})
_TOWN = re.compile(
    r"\b(?:in|at|to|from|near|outside|visited|visiting) "
    r"(?P<name>[A-ZÀ-ÖØ-Ž][\w'-]+(?: (?:de|del|do|da|el|al|la|es|[A-ZÀ-ÖØ-Ž][\w'-]+)){0,3}), (?:the )?$"
)
# What follows a state that tells where its town is: "held" after "In Fukushima, Japan" does not.
_BEHIND_STATE = re.compile(
    r"[,.;:)]|$| (?:on|in|where|for|from|to|and|by|at|with|last|this|during|between)\b"
)
_LONGEST_TOWN = 60
# What a listed name of a class is to the lower-case head behind it ("the Geneva talks").
_OWNERS = {
    "Place": "place",
    "Country": "state",
    "Organization": "body",
    "Forum": "body",
    "Programme": "programme",
    "Agreement": "agreement",
    "Policy": "agreement",
}


def owners_of(
    found: Sequence[Found], tokens: Sequence[Token], entries: Mapping[str, Entry]
) -> dict[int, str]:
    """Give the kind of owner that each listed name may be: token index -> city, place, state, body, programme or agreement."""
    begins = [t.start for t in tokens]
    owners: dict[int, str] = {}
    for one in found:
        if one.rank > 0 or one.cls not in _OWNERS:
            continue
        at = bisect_left(begins, one.start)
        if at == len(begins) or begins[at] != one.start:
            continue
        entry = entries.get(one.entity)
        city = one.cls == "Place" and entry is not None and entry.facts.get("kind") == "city"
        owners[at] = "city" if city else _OWNERS[one.cls]
    return owners


def on_tokens(
    found: Sequence[Found], tokens: Sequence[Token]
) -> tuple[dict[int, int], frozenset[int], frozenset[int], frozenset[int]]:
    """Give listed names by tokens: first -> end, those that begin with a state, tokens of non-persons, persons."""
    begins = [t.start for t in tokens]
    solid: dict[int, int] = {}
    states: set[int] = set()
    other: set[int] = set()
    persons: set[int] = set()
    for one in found:
        if one.rank > 0 or one.how == "family":
            continue
        first, last = bisect_right(begins, one.start) - 1, bisect_left(begins, one.end)
        if one.cls == "Country":
            states.add(first)
        if begins[first] != one.start or tokens[last - 1].end != one.end:
            continue
        if one.cls == "Person":
            persons.add(first)
            continue
        if last > solid.get(first, first):
            solid[first] = last
        other.update(range(first, last))
    return solid, frozenset(states), frozenset(other), frozenset(persons)


def is_title_case(tokens: Sequence[Token]) -> bool:
    """Tell whether a line is a heading in Title Case, where capitals tell nothing."""
    words = [t.text for t in tokens if t.text[0].isalpha()]
    if len(words) < 3 or tokens[-1].text in {".", "?", "!", ";", ":", '"'}:
        return False
    telling = [w for w in words if w not in _LITTLE_WORDS]
    return len(telling) > 2 and all(w[0].isupper() for w in telling)


def towns(
    text: str, found: Sequence[Found], entries: Mapping[str, Entry], no_towns: Sequence[Container[str]]
) -> Iterator[Found]:
    """Yield the unlisted towns that stand before their state ("in Bonners Ferry, Idaho, they …").

    Args:
        text: The folded sentence.
        found: What is known to stand in it.
        entries: The listed entities by id.
        no_towns: Capitalised words that begin no town: the months, the titles.
    """
    for one in found:
        if one.rank > 0 or one.cls not in {"Country", "Place"} or not _BEHIND_STATE.match(text, one.end):
            continue
        town = _TOWN.search(text, max(0, one.start - _LONGEST_TOWN), one.start)
        if town is None or not _is_named(one, text, entries):
            continue
        start, end = town.span("name")
        word = town["name"].partition(" ")[0]
        if any(word in words for words in no_towns):
            continue
        if not any(other.start < end and start < other.end for other in found):
            yield Found(start=start, end=end, cls="Place", entity="", how="form:town", rank=3)


def _is_named(one: Found, text: str, entries: Mapping[str, Entry]) -> bool:
    """Tell whether a state or province stands under its name, not its demonym."""
    entry = entries.get(one.entity)
    if entry is None or (one.cls == "Place" and entry.facts.get("kind") not in _HAS_TOWNS):
        return False
    seen = text[one.start : one.end]
    return any(form.text == seen and form.kind == "name" for form in entry.forms)
