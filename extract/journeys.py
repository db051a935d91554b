"""Read who goes where, by the order of the words: ``visits``.

"X will travel to Lima, Peru; Quito, Ecuador; and Bogota with a delegation. Its other members include A and B": lists
of places and of officials with their titles defeat the parser. A and B go where X goes. Words: ``journeys.toml``.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.arguments import Arguments
from diplograph.extract.candidates import Candidate
from diplograph.extract.name_lists import names_listed
from diplograph.extract.scene import Participant, Scene

__all__ = ["Journeys", "load_journeys"]

# "members of the delegation will also include": words between the party and the verb.
_FAR = 6
# "departed on 9 July for travel to": words between the verb and the first place.
_START = 5
_AREAS = frozenset({"Place", "Country"})
_NAMING = frozenset({"amod", "compound", "nmod", "poss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Journeys:
    """Callable on a scene: candidates for ``visits``; settings only."""

    arguments: Arguments
    parties: frozenset[str]
    including: frozenset[str]
    along: frozenset[str]
    list_glue: frozenset[str]
    going: frozenset[str]
    journeys: frozenset[str]
    links: frozenset[str]
    direct: frozenset[str]
    place_glue: frozenset[str]
    leading: frozenset[str]
    welcoming: frozenset[str]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of their cues."""
        yield from self._members(scene)
        if not scene.names("Place", "Country"):
            return
        for token, word in enumerate(scene.parsed.lower):
            if scene.parsed.inside[token] < 0 and word in self.going:
                yield from self._travellers(scene, token)
            if scene.parsed.inside[token] < 0 and word in self.journeys:
                yield from self._visitors(scene, token)

    # -- who goes along ------------------------------------------------------------------------------

    def _members(self, scene: Scene) -> Iterator[Candidate]:
        """Read "other members of the delegation include A and B", the journey told before."""
        if not scene.trip:
            return
        words = scene.parsed.lower
        for token, word in enumerate(words):
            if scene.parsed.inside[token] >= 0:
                continue
            start = -1
            if word in self.parties:
                start = self._included(scene, token)
                rule = "delegation-members"
            elif word in self.along and words[token + 1 : token + 2] == ("by",):
                start, rule = token + 1, "goes-along"
            if start < 0:
                continue
            for person in self._persons(scene, start):
                for place in scene.trip:
                    yield _claim(person, place, rule, token, 0.55 if rule == "delegation-members" else 0.5)
            return

    def _included(self, scene: Scene, token: int) -> int:
        """Give the word behind a party that tells its members: "the delegation she leads will include"; -1 without one."""
        words = scene.parsed.lower
        return next(
            (at for at in range(token + 1, min(token + _FAR, len(words))) if words[at] in self.including), -1
        )

    def _persons(self, scene: Scene, start: int, end: int = -1) -> list[Participant]:
        """Give the persons of a list behind a token, as long as only titles and words of lists stand between."""
        last = end if end > 0 else len(scene.parsed.words)
        return names_listed(scene, start, last, glue=self.list_glue, classes=("Person",))

    # -- who goes where ------------------------------------------------------------------------------

    def _places(self, scene: Scene, start: int) -> list[Participant]:
        """Give the places of a list behind a word of going: "to Lima, Peru; Quito and then Bogota"."""
        parsed = scene.parsed
        found: list[Participant] = []
        linked = parsed.lower[start] in self.direct
        for token in range(start + 1, len(parsed.words)):
            named = scene.named(token)
            word = parsed.lower[token]
            if named is not None:
                area = named.cls in _AREAS and parsed.deps[token] not in _NAMING
                if not area or not (linked or found):
                    break
                found.append(named)
            elif parsed.inside[token] >= 0:
                continue
            elif word in self.links:
                if found and parsed.lower[token - 1] not in self.place_glue:
                    break
                linked = True
            elif word not in self.place_glue if found else token - start > _START:
                break
        return found

    def _travellers(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read "A will travel to X; Y; and Z" and "A Travels to X" of headings."""
        parsed = scene.parsed
        places = self._places(scene, cue)
        if not places:
            return
        group = False
        heads: dict[str, Participant] = {}
        if parsed.tags[cue].startswith("VB"):
            for token in self.arguments.roles(parsed, cue).get("agent", ()):
                group = group or parsed.lower[token] in self.parties
                for p in self.arguments.stand_for(scene, token):
                    if p.cls == "Person" or (parsed.lower[token] in self.parties and p.cls == "Country"):
                        heads.setdefault(p.entity, p)
                for led in range(token + 1, min(token + _START, cue)):
                    if parsed.lower[led] in self.leading and parsed.lower[led + 1] == "by":
                        for p in self._persons(scene, led + 1, cue):
                            heads.setdefault(p.entity, p)
        if not heads and cue > 0 and parsed.inside[cue - 1] >= 0:
            beside = parsed.token_of.get(parsed.inside[cue - 1])
            named = scene.named(beside) if beside is not None else None
            if named is not None and named.cls == "Person":
                heads[named.entity] = named
        rule = "travels-to-listed" + ("-party" if group else "")
        for head in heads.values():
            for place in places:
                yield _claim(head, place, rule, cue, 0.75)

    # -- whose visit ---------------------------------------------------------------------------------

    def _visitors(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read "the visit of my friend, Secretary A, to X" and "the joint mission of B to X"."""
        parsed = scene.parsed
        if parsed.lower[cue + 1 : cue + 2] not in {("of",), ("by",)}:
            return
        persons: list[Participant] = []
        at = cue + 2
        while at < len(parsed.words) and parsed.lower[at] not in self.links:
            named = scene.named(at)
            if named is not None and named.cls == "Person":
                persons.append(named)
            elif named is None and parsed.inside[at] < 0 and parsed.tags[at].startswith("V"):
                return
            at += 1
        places = self._places(scene, at - 1) if persons and at - persons[-1].token <= _START else []
        for person in persons:
            for place in places[:1]:
                yield _claim(person, place, "visit-of-person", cue, 0.7)
        author = scene.author
        thanked = persons and not places and self.welcoming & parsed.vocabulary
        if thanked and author is not None and author.cls == "Country":
            state = scene.speakers.get(persons[0].entity)
            if state is None or state.entity != author.entity:
                yield _claim(persons[0], author, "visit-here", cue, 0.5)


def _claim(head: Participant, tail: Participant, rule: str, cue: int, sure: float) -> Candidate:
    return Candidate(
        predicate="visits",
        head=head,
        tail=tail,
        rule=rule,
        cue=cue,
        confidence=sure,
        roles=("member", "trip"),
    )


def load_journeys(folder: Path, arguments: Arguments) -> Journeys:
    """Read ``journeys.toml``."""
    data = tomllib.loads((folder / "journeys.toml").read_text(encoding="utf-8"))
    return Journeys(
        arguments=arguments,
        parties=frozenset(data["parties"]),
        including=frozenset(data["including"]),
        along=frozenset(data["along"]),
        list_glue=frozenset(data["list_glue"]),
        going=frozenset(data["going"]),
        journeys=frozenset(data["journeys"]),
        links=frozenset(data["links"]),
        direct=frozenset(data["direct"]),
        place_glue=frozenset(data["place_glue"]),
        leading=frozenset(data["leading"]),
        welcoming=frozenset(data["welcoming"]),
    )
