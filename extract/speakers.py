"""Say for whom a person speaks: the state or body whose office they hold, as far as the document tells."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.extract.candidates import Candidate
from diplograph.extract.office_holders import Offices
from diplograph.extract.scene import Participant, Scene

__all__ = ["Known", "Speakers", "load_speakers"]

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
    state whose office they held in the year that the document tells of. ``ranks`` are the words that make another
    office of a title ("Vice President" is not "the President").
    """

    offices: Callable[[Scene], Iterable[Candidate]]
    listed: Offices = field(default_factory=dict)
    ranks: frozenset[str] = frozenset()

    def __call__(self, scene: Scene, known: Known) -> Mapping[int, tuple[Participant, ...]]:
        """Note the persons of a sentence in ``known``; map "the Secretary" and the like to who is meant."""
        earlier, here = dict(known.titles), dict[str, Participant]()
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
                    known.titles.pop(title, None)  # the one named last stands last
                    known.titles[title] = here[title] = held.head
            for person in scene.names("Person"):
                if person.entity not in known.states:
                    self._note_listed(scene, person, known)
        return self._titled(scene, known, earlier, here) if known.titles else {}

    def _note_listed(self, scene: Scene, person: Participant, known: Known) -> None:
        year = str(scene.document.reference_year or "")
        offices = [o for o in self.listed.get(person.entity, ()) if o.runs_in(year)] if year else []
        if len({o.holder for o in offices}) == 1 and offices[0].holder.startswith("country/"):
            known.states[person.entity] = Participant(
                entity=offices[0].holder, cls="Country", token=person.token, how="speaker"
            )

    def _titled(
        self, scene: Scene, known: Known, earlier: Mapping[str, Participant], here: Mapping[str, Participant]
    ) -> dict[int, tuple[Participant, ...]]:
        """Map "the Minister" to who was named with such a title before: the author's own, else the one named last."""
        parsed = scene.parsed
        found: dict[int, tuple[Participant, ...]] = {}
        lasts = frozenset({title.rsplit(" ", 1)[-1] for title in known.titles})
        own = scene.author.entity if scene.author is not None else ""
        for token in parsed.places(lasts):
            if parsed.inside[token] >= 0 or not _is_short(scene, token):
                continue
            phrase = " ".join(
                [*(parsed.lower[c] for c in parsed.child(token, "compound", "amod")), parsed.lower[token]]
            )
            told = [p for t, p in here.items() if p.token < token and self._is_title(t, phrase)]
            told = [p for t, p in earlier.items() if self._is_title(t, phrase)] + told
            ours = [p for p in told if (s := known.states.get(p.entity)) is not None and s.entity == own]
            for person in (ours or told)[-1:]:
                found[token] = (Participant(entity=person.entity, cls="Person", token=token, how="anaphor"),)
        return found

    def _is_title(self, title: str, phrase: str) -> bool:
        """Tell whether "the Minister" is short for a title: "foreign minister", but not "prime minister"."""
        if title == phrase:
            return True
        if not title.endswith(" " + phrase):
            return False
        return title[: -len(phrase) - 1].rsplit(" ", 1)[-1].rsplit("-", 1)[-1] not in self.ranks


def _is_short(scene: Scene, token: int) -> bool:
    """Tell whether a title stands for a person named elsewhere: "the Minister", not "the Minister, A" or "of B"."""
    parsed = scene.parsed
    if not any(parsed.lower[c] == "the" for c in parsed.child(token, "det")):
        return False
    below = [*parsed.child(token, "appos", "poss")]
    below += [o for p in parsed.child(token, "prep") for o in parsed.child(p, "pobj")]
    if any(parsed.mention[c] >= 0 for c in below):
        return False
    after = token + 1
    if after < len(parsed.words) and parsed.words[after] == ",":
        after += 1
    named = scene.named(after) if after < len(parsed.words) else None
    return named is None or named.cls != "Person"


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


def load_speakers(folder: Path, offices: Callable[[Scene], Iterable[Candidate]], listed: Offices) -> Speakers:
    """Read the words for ranks in ``discourse.toml``."""
    data = tomllib.loads((folder / "discourse.toml").read_text(encoding="utf-8"))
    return Speakers(offices=offices, listed=listed, ranks=frozenset(data["ranks"]))
