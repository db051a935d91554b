"""Leave out claims that a finer reading of the same words displaces: a minister's journey is no visit of the state."""

from collections.abc import Iterable, Mapping, Sequence

from diplograph.extract.candidates import Candidate
from diplograph.extract.scene import Participant

__all__ = ["displaced"]

# Relations that a person has, where one is named, and not the state whose office the person holds.
_PERSONAL = frozenset({"visits"})


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
