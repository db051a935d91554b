"""Read who is said to be in a place as a guest, by whoever speaks: ``visits``.

"I was in Quito last week", "it is good to be back in Suva", "welcome to Berlin, dear colleague", "your visit to Peru",
"welcome Minister A to Suva", "it is good to have Minister A here". Words: ``guests.toml``.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from diplograph.extract.candidates import Candidate, cued
from diplograph.extract.scene import Participant, Scene

__all__ = ["Guests", "load_guests"]

_AREAS = frozenset({"Place", "Country"})
# "was only recently in": words between "I" and "in".
_BEING = 5
# "welcome you and your delegation here to": words between the greeting and the place or person.
_NEAR = 7
# Of the persons whom a record of two speakers names, its title names both.
_SPEAKERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Guests:
    """Callable on a scene: candidates for ``visits``; settings only.

    ``lies_in`` says by the tables whether one area lies in another, or None.
    """

    lies_in: Callable[[str, str], bool | None]
    speaking: frozenset[str]
    being: frozenset[str]
    between: frozenset[str]
    back: frozenset[str]
    greeting: frozenset[str]
    having: frozenset[str]
    here: frozenset[str]
    addressed: frozenset[str]
    visits: frozenset[str]
    links: frozenset[str]
    unsaid: frozenset[str]
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cues = self.links | self.greeting | self.having
        object.__setattr__(self, "cues", cues)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of their cues."""
        parsed = scene.parsed
        for token in parsed.places(self.cues):
            word = parsed.lower[token]
            if parsed.inside[token] >= 0:
                continue
            if word in self.links:
                place = self._place(scene, token)
                if place is not None:
                    yield from self._been(scene, token, place)
                    yield from self._addressee(scene, token, place)
            if word in self.greeting or word in self.having:
                yield from self._received(scene, token, here_said=word in self.having)

    def _place(self, scene: Scene, token: int) -> Participant | None:
        """Give the place or state right behind a preposition."""
        at = token + 1
        while at < len(scene.parsed.words) and scene.parsed.tags[at] == "DT":
            at += 1
        if at >= len(scene.parsed.words) or scene.parsed.inside[at] < 0:
            return None
        head = scene.parsed.token_of.get(scene.parsed.inside[at])
        place = scene.named(head) if head is not None else None
        noun = head is not None and scene.parsed.deps[head] not in {"amod", "compound", "nmod", "poss"}
        return place if place is not None and noun and place.cls in _AREAS else None

    def _been(self, scene: Scene, token: int, place: Participant) -> Iterator[Candidate]:
        """Read "I was in Quito two weeks ago" and "it is good to be back in Quito"."""
        words = scene.parsed.lower
        author = scene.author
        if words[token] != "in" or author is None or author.cls != "Country":
            return
        start = token - 1
        while start > 0 and token - start <= _BEING and words[start] in self.between:
            start -= 1
        back = not self.back.isdisjoint(words[start + 1 : token])
        said = words[start] in self.being and (back or words[start - 1] in self.speaking)
        if said and not self._home(author, place):
            opening = scene.parsed.words[1:3]
            persons = [p for p in scene.names("Person") if p.token < start and ":" in opening]
            for head in (author, *persons[:1]):
                yield _claim(head, place, "been-there" + ("-back" if back else ""), token, 0.6)

    def _addressee(self, scene: Scene, token: int, place: Participant) -> Iterator[Candidate]:
        """Read "your visit to Peru", "welcome you to Peru" and "welcome to Peru, dear colleague"."""
        words = scene.parsed.lower
        before = words[max(0, token - _NEAR) : token]
        visit = bool(self.visits & set(before)) and bool(self.addressed & set(before))
        greeted = words[token] == "to" and bool(self.greeting & set(before))
        named = any(token - _NEAR <= p.token < token for p in scene.names("Person"))
        if (visit or greeted) and not named:
            guest = self._guest(scene, place)
            if guest is not None:
                yield _claim(guest, place, "addressed-visits" if visit else "addressed-welcomed", token, 0.6)

    def _received(self, scene: Scene, cue: int, *, here_said: bool) -> Iterator[Candidate]:
        """Read "welcome Minister A (and his team) to Suva" and "have Minister A here today"."""
        parsed = scene.parsed
        author = scene.author
        near = [p for p in scene.names("Person") if 0 < p.token - cue <= _NEAR]
        if not near or not (self.speaking | self.unsaid) & set(parsed.lower[: cue + 1]):
            return
        guest = near[0]
        behind = range(guest.token + 1, min(guest.token + _NEAR, len(parsed.words)))
        to = next((t for t in behind if parsed.lower[t] in {"to", "in"} and self._place(scene, t)), -1)
        if to >= 0 and not here_said:
            place = self._place(scene, to)
            if place is not None and not self._at_home(scene, guest, place):
                yield _claim(guest, place, "welcomed-there", cue, 0.6)
        elif (
            any(parsed.lower[t] in self.here for t in behind)
            and author is not None
            and author.cls == "Country"
            and not self._at_home(scene, guest, author)
        ):
            yield _claim(guest, author, "received-here", cue, 0.55)

    def _guest(self, scene: Scene, place: Participant) -> Participant | None:
        """Give the one of the two speakers of a record, named in its title, who is not at home in a place."""
        told = list(islice(scene.speakers.items(), _SPEAKERS))
        home = [key for key, state in told if self._home(state, place)]
        away = [key for key, _ in told if key not in home]
        if len(told) == _SPEAKERS and len(home) == 1:
            return Participant(entity=away[0], cls="Person", token=-1, how="anaphor")
        return None

    def _at_home(self, scene: Scene, person: Participant, place: Participant) -> bool:
        state = scene.speakers.get(person.entity)
        return state is not None and self._home(state, place)

    def _home(self, state: Participant, place: Participant) -> bool:
        """Tell whether a place lies in a state, or a state in a region."""
        pair = (state.entity, place.entity)
        return pair[0] == pair[1] or bool(self.lies_in(pair[1], pair[0])) or bool(self.lies_in(*pair))


def _claim(head: Participant, tail: Participant, rule: str, cue: int, sure: float) -> Candidate:
    return cued("visits", head, tail, rule, cue, sure, "place")


def load_guests(folder: Path, lies_in: Callable[[str, str], bool | None]) -> Guests:
    """Read ``guests.toml``."""
    data = tomllib.loads((folder / "guests.toml").read_text(encoding="utf-8"))
    return Guests(
        lies_in=lies_in,
        speaking=frozenset(data["speaking"]),
        being=frozenset(data["being"]),
        between=frozenset(data["between"]),
        back=frozenset(data["back"]),
        greeting=frozenset(data["greeting"]),
        having=frozenset(data["having"]),
        here=frozenset(data["here"]),
        addressed=frozenset(data["addressed"]),
        visits=frozenset(data["visits"]),
        links=frozenset(data["links"]),
        unsaid=frozenset(data["unsaid"]),
    )
