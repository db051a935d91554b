"""Give the offices that the vocabulary lists: who holds them, and what organs are of what bodies."""

import re
from collections.abc import Iterable

from diplograph.extract.office_holders import Office, Offices, PersonsInOffice, telling_words
from diplograph.ontology.vocabulary import Vocabulary

__all__ = ["by_key", "offices_of", "parents_of", "surnames_in_office"]


def offices_of(vocabulary: Vocabulary) -> tuple[Office, ...]:
    """Give the offices that the vocabulary lists, by person, then in the order of the table."""
    offices: list[Office] = []
    for entry in vocabulary.entries:
        state, body = entry.facts.get("country", ""), entry.facts.get("organization", "")
        if entry.cls == "Person" and (state or body):
            position = entry.facts.get("position", "").lower()
            offices.append(
                Office(
                    person=entry.id,
                    holder=f"country/{state}" if state else f"organization/{body}",
                    words=telling_words(re.findall(r"[^\W_]+", position)),
                    since=entry.facts.get("valid_from", "")[:4],
                    until=entry.facts.get("valid_to", "")[:4],
                    position=entry.facts.get("position", ""),
                )
            )
    return tuple(offices)


def by_key(offices: Iterable[tuple[str, Office]]) -> Offices:
    """Group offices by a key; each group keeps its order, the keys are sorted."""
    table: dict[str, list[Office]] = {}
    for key, office in offices:
        table.setdefault(key, []).append(office)
    return {key: tuple(table[key]) for key in sorted(table)}


def surnames_in_office(vocabulary: Vocabulary) -> PersonsInOffice:
    """Give what finds a listed office-holder by title and surname."""
    short_forms = {
        entry.id: tuple(dict.fromkeys(form.text for form in entry.forms if " " not in form.text))
        for entry in vocabulary.entries
        if entry.cls == "Person"
    }
    offices = offices_of(vocabulary)
    return PersonsInOffice(
        surnames=by_key((form, o) for o in offices for form in short_forms.get(o.person, ()))
    )


def parents_of(vocabulary: Vocabulary) -> dict[str, str]:
    """Give the bodies that listed organs are of: organ -> body."""
    told = (
        (e.id, e.facts.get("parent", "")) for e in vocabulary.entries if e.cls in {"Organization", "Forum"}
    )
    return {id_: parent if "/" in parent else f"organization/{parent}" for id_, parent in told if parent}
