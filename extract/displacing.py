"""Leave out claims that a finer reading displaces: a minister's journey is no visit of the state.

Nor does a body take part in its own sitting; its members do.
"""

from collections.abc import Iterable, Mapping, Sequence

from diplograph.extract.candidates import Candidate
from diplograph.extract.records import Claim
from diplograph.extract.scene import Participant

__all__ = ["displaced", "own_sittings"]

# Relations that a person has, where one is named, and not the state whose office the person holds.
_PERSONAL = frozenset({"visits"})
# The rule by which the name of an occasion tells its parties.
_OF_NAMES = "name-parties"


def displaced(
    candidates: Iterable[Candidate], speakers: Mapping[str, Participant]
) -> frozenset[tuple[str, str, str]]:
    """Give the claims (relation, head, tail) of a state that candidates also give its named representative.

    Args:
        candidates: What is proposed, or accepted, for one sentence.
        speakers: Persons with the state or body that they act for.
    """
    told: Sequence[Candidate] = [c for c in candidates if c.predicate in _PERSONAL]
    return frozenset(
        (c.predicate, speakers[c.head.entity].entity, c.tail.entity)
        for c in told
        if c.head.cls == "Person" and c.head.entity in speakers
    )


def own_sittings(claims: Sequence[Claim]) -> list[Claim]:
    """Give a document's claims without those that a body takes part in what is a session of it.

    What the name of an occasion says of its parties stays ("the ASEAN-China Summit").
    """
    sittings = {(c.object, c.subject) for c in claims if c.predicate == "sessionOf"}
    return [
        c
        for c in claims
        if c.predicate != "participatesIn" or (c.subject, c.object) not in sittings or c.rule == _OF_NAMES
    ]
