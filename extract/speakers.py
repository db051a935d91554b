"""Say for whom a person speaks: the state or body whose office they hold, as far as the document tells."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from diplograph.extract.candidates import Candidate
from diplograph.extract.office_holders import Offices
from diplograph.extract.scene import Participant, Scene

__all__ = ["Known", "Speakers"]

# "Deputy Secretary of State for Europe": what follows the first of these words is no part of the short form.
_TITLE_ENDS = re.compile(r",| of | for | to ")
_NAME_DEPS = ("compound", "amod", "nmod", "poss")


# A guess that a person without a named state is the author's own official binds nobody.
LEAST_SURE = 0.5


@dataclass(slots=True)
class Known:
    """What a document has told so far: person -> state or body, short title -> person."""

    states: dict[str, Participant] = field(default_factory=dict)
    titles: dict[str, Participant] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speakers:
    """Callable on a scene; ``offices`` proposes ``holdsPosition`` candidates for the persons in it.

    ``listed`` are the offices that the vocabulary lists, by person: whoever is named without a title speaks for the
    state whose office they held in the year that the document tells of.
    """

    offices: Callable[[Scene], Iterable[Candidate]]
    listed: Offices = field(default_factory=dict)

    def __call__(self, scene: Scene, known: Known) -> Mapping[int, tuple[Participant, ...]]:
        """Note the persons of a sentence in ``known``; map "the Secretary" and the like to who is meant."""
        if any(m.cls == "Person" for m in scene.mentions):
            for held in self.offices(scene):
                sure = held.confidence >= LEAST_SURE
                named = _named_state(scene, held.head.token) if held.tail.cls != "Country" else None
                state = named or held.tail
                if sure and (held.head.entity not in known.states or held.tail.how != "author"):
                    known.states[held.head.entity] = Participant(
                        entity=state.entity, cls=state.cls, token=held.head.token, how="speaker"
                    )
                title = _TITLE_ENDS.split(dict(held.qualifiers).get("position", "").lower())[0].strip()
                if title:
                    known.titles[title] = held.head
            for person in scene.names("Person"):
                if person.entity not in known.states:
                    self._note_listed(scene, person, known)
        return self._titled(scene, known) if known.titles else {}

    def _note_listed(self, scene: Scene, person: Participant, known: Known) -> None:
        year = str(scene.document.reference_year or "")
        offices = [o for o in self.listed.get(person.entity, ()) if o.runs_in(year)] if year else []
        if len({o.holder for o in offices}) == 1 and offices[0].holder.startswith("country/"):
            known.states[person.entity] = Participant(
                entity=offices[0].holder, cls="Country", token=person.token, how="speaker"
            )

    def _titled(self, scene: Scene, known: Known) -> dict[int, tuple[Participant, ...]]:
        parsed = scene.parsed
        found: dict[int, tuple[Participant, ...]] = {}
        lasts = {title.rsplit(" ", 1)[-1] for title in known.titles}
        for token, word in enumerate(parsed.lower):
            if (
                word not in lasts
                or parsed.inside[token] >= 0
                or not any(parsed.lower[c] == "the" for c in parsed.child(token, "det"))
            ):
                continue
            phrase = " ".join([*(parsed.lower[c] for c in parsed.child(token, "compound", "amod")), word])
            for title, person in reversed(known.titles.items()):
                if title == phrase or title.endswith(" " + phrase):
                    found[token] = (
                        Participant(entity=person.entity, cls="Person", token=token, how="anaphor"),
                    )
                    break
        return found


def _named_state(scene: Scene, person: int) -> Participant | None:
    """Give the state named in the title before a person ("Polish Foreign Minister X")."""
    parsed = scene.parsed
    waiting = list(parsed.child(person, *_NAME_DEPS))
    for _ in range(2):
        states = [p for p in map(scene.named, waiting) if p is not None and p.cls == "Country"]
        if states:
            return states[0]
        waiting = [c for w in waiting for c in parsed.child(w, *_NAME_DEPS)]
    return None
