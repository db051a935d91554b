"""A claim that a rule proposes for a sentence."""

from dataclasses import dataclass

from diplograph.extract.scene import Participant

__all__ = ["BY_FEATURES", "Candidate", "cued"]

# The rule name of a claim that no rule proposed: the features of the pair alone carried it.
BY_FEATURES = "ranked-pair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A claim that a rule proposes for a sentence, before qualifiers and ranking."""

    predicate: str
    head: Participant
    tail: Participant
    rule: str
    cue: int
    qualifiers: tuple[tuple[str, str], ...] = ()
    confidence: float = 0.5
    modality: str = ""
    roles: tuple[str, str] = ("", "")


def cued(
    predicate: str,
    head: Participant,
    tail: Participant,
    rule: str,
    cue: int,
    sure: float,
    role: str = "cue",
) -> Candidate:
    """Propose a claim that a rule tells by a cue word, ``sure`` from 0 to 1; ``role`` says what its object is there."""
    return Candidate(
        predicate=predicate, head=head, tail=tail, rule=rule, cue=cue, confidence=sure, roles=(rule, role)
    )
