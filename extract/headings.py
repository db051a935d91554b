"""Read who meets by the headings of press texts: ``participatesIn`` ("A and B's Meeting with C", "A and B Before Their Meeting").

Capitals and missing verbs defeat the parser in headings, so everybody named there takes part.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from diplograph.extract.candidates import Candidate
from diplograph.extract.scene import Scene

__all__ = ["HeadedEncounters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedEncounters:
    """Callable on a scene; ``finders`` are the name patterns of encounters in headings."""

    finders: frozenset[str] = frozenset({"pattern:encounter-heading", "pattern:encounter-before"})

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield a candidate for each person of a heading with an encounter, in order of place."""
        for event in scene.names("Event"):
            mention = scene.mentions[scene.parsed.mention[event.token]]
            if mention.how not in self.finders:
                continue
            for person in scene.names("Person"):
                yield Candidate(
                    predicate="participatesIn", head=person, tail=event, rule="heading-encounter",
                    cue=event.token, confidence=0.75, roles=("heading-encounter", "cue"),
                )  # fmt: skip
