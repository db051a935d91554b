"""Read who hosts an occasion, by the order of the words, and who speaks at one told before: ``hosts``, ``participatesIn``.

"talks under the auspices of A", "X, co-hosted by A and B in Lima", "Doha hosted X", "A will give opening remarks".
Words: ``hosting.toml``.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.extract.arguments import Arguments
from diplograph.extract.candidates import Candidate, cued
from diplograph.extract.name_lists import names_listed
from diplograph.extract.scene import Participant, Scene
from diplograph.ontology.vocabulary import Entry

__all__ = ["Hosting", "load_hosting"]

_OCCASIONS = ("Event", "Forum")
_HOSTS = frozenset({"Country", "Organization"})
# "X, held in Lima in May and hosted by": words between an occasion and the verb.
_FAR = 12
# "provide brief opening remarks": words between the verb and what is said.
_NEAR = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """Callable on a scene: candidates for ``hosts`` and ``participatesIn``; settings only.

    ``meets`` says of the text of a name whether it is of something that is attended, unlike a war.
    """

    arguments: Arguments
    meets: Callable[[str], bool]
    entries: Mapping[str, Entry]
    auspices: frozenset[str]
    hosted: frozenset[str]
    hosting: frozenset[str]
    giving: frozenset[str]
    said: frozenset[str]
    speaking: frozenset[str]
    listeners: frozenset[str]
    list_glue: frozenset[str]
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cues = self.auspices | self.hosted | self.hosting | self.said | self.speaking
        object.__setattr__(self, "cues", cues)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of their cues."""
        parsed = scene.parsed
        for token in parsed.places(self.cues):
            word = parsed.lower[token]
            if parsed.inside[token] >= 0:
                continue
            if word in self.auspices:
                yield from self._under(scene, token)
            elif word in self.hosted and "by" in parsed.lower[token + 1 : token + 4]:
                yield from self._by(scene, token)
            if word in self.hosting:
                yield from self._city(scene, token)
            if word in self.said or word in self.speaking:
                yield from self._remarks(scene, token)

    def _occasions(self, scene: Scene) -> list[Participant]:
        return [p for p in scene.names(*_OCCASIONS) if self._meets(scene, p)]

    def _meets(self, scene: Scene, p: Participant) -> bool:
        entity = scene.entities.get(p.entity)
        return self.meets(entity.label if entity is not None else "")

    def _listed(self, scene: Scene, start: int, end: int) -> list[Participant]:
        """Give the names of a list behind a token, as long as only words of lists and titles stand between."""
        classes = (*_HOSTS, "Person")
        return names_listed(scene, start, end, glue=self.list_glue, classes=classes, only=True)

    # -- who hosts -----------------------------------------------------------------------------------

    def _under(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read "the talks under the auspices of A" and "the talks under A's auspices"."""
        parsed = scene.parsed
        start = next((t for t in range(cue - 1, max(-1, cue - _NEAR), -1) if parsed.lower[t] == "under"), -1)
        if start < 0:
            return
        own = [p for p in scene.names("Organization", "Country") if start < p.token < cue]
        if not own and parsed.lower[cue + 1 : cue + 2] == ("of",):
            own = [p for p in self._listed(scene, cue + 1, len(parsed.words)) if p.cls in _HOSTS]
        occasions = [p for p in self._occasions(scene) if p.token < start and start - p.token <= _FAR]
        for host in own if occasions else ():
            yield cued("hosts", host, occasions[-1], "under-auspices", cue, 0.65)

    def _by(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read "X (Y), co-hosted by A and B": the occasion stands before, whatever the parse."""
        parsed = scene.parsed
        occasions = [p for p in self._occasions(scene) if p.token < cue and cue - p.token <= _FAR]
        if not occasions or parsed.tags[cue] not in {"VBN", "VBD", "JJ"}:
            return
        what = occasions[-1]
        between = range(what.token + 1, cue)
        if any(parsed.tags[t] in {"VBZ", "VBP", "VBD"} and parsed.deps[t] != "aux" and parsed.inside[t] < 0
               and parsed.lower[t] not in self.list_glue for t in between):  # fmt: skip
            return
        by = next(t for t in range(cue + 1, cue + 4) if parsed.lower[t] == "by")
        for p in self._listed(scene, by, len(parsed.words)):
            host = scene.speakers.get(p.entity) if p.cls == "Person" else p
            if host is not None and host.cls in _HOSTS and host.entity != what.entity:
                yield cued("hosts", host, what, "hosted-by" + _form(what), cue, 0.6)

    def _city(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read "Doha hosted X": the state whose city hosts an occasion hosts it."""
        roles = self.arguments.roles(scene.parsed, cue)
        for token in roles.get("agent", ()):
            city = scene.named(token)
            entry = self.entries.get(city.entity) if city is not None and city.cls == "Place" else None
            land = entry.facts.get("country") if entry is not None else None
            if city is None or not land:
                continue
            state = Participant(entity=f"country/{land}", cls="Country", token=city.token, how="inside")
            for theme in roles.get("theme", ()):
                for what in self.arguments.stand_for(scene, theme):
                    if what.cls in _OCCASIONS and self._meets(scene, what):
                        yield cued("hosts", state, what, "city-hosts" + _form(what), cue, 0.6)

    # -- who speaks ----------------------------------------------------------------------------------

    def _remarks(self, scene: Scene, cue: int) -> Iterator[Candidate]:
        """Read "A and B will give opening remarks", at the occasion that the sentences before tell of."""
        parsed = scene.parsed
        if scene.names(*_OCCASIONS, "Programme", "Place"):
            return
        told = [p for p in scene.latest if p.cls in _OCCASIONS and self._meets(scene, p)]
        what = next((p for p in told if _is_proper(scene, p)), None)
        if what is None:
            return
        verb = cue
        if parsed.lower[cue] in self.said:
            verbs = [t for t in range(max(0, cue - _NEAR), cue) if parsed.lower[t] in self.giving]
            if parsed.lower[cue + 1 : cue + 2] == ("by",):
                persons = [p for p in self._listed(scene, cue + 1, len(parsed.words)) if p.cls == "Person"]
                for p in persons:
                    yield cued("participatesIn", p, what, "remarks-by-latest" + _form(what), cue, 0.55)
                return
            if not verbs:
                return
            verb = verbs[-1]
        elif self.listeners.isdisjoint(parsed.lower[cue + 1 : cue + _NEAR]):
            return
        start = max((t for t in range(verb) if parsed.words[t] in {".", ";", ":"}), default=-1)
        persons = [p for p in self._listed(scene, start, verb) if p.cls == "Person"]
        for p in persons:
            yield cued("participatesIn", p, what, "speaks-at-latest" + _form(what), cue, 0.55)


def _is_proper(scene: Scene, what: Participant) -> bool:
    """Tell whether an occasion has a name of its own ("a virtual event" has none)."""
    entity = scene.entities.get(what.entity)
    return entity is not None and entity.label != entity.label.lower()


def _form(what: Participant) -> str:
    return "-forum" if what.cls == "Forum" else ""


def load_hosting(
    folder: Path, arguments: Arguments, *, meets: Callable[[str], bool], entries: Mapping[str, Entry]
) -> Hosting:
    """Read ``hosting.toml``."""
    data = tomllib.loads((folder / "hosting.toml").read_text(encoding="utf-8"))
    return Hosting(
        arguments=arguments,
        meets=meets,
        entries=entries,
        auspices=frozenset(data["auspices"]),
        hosted=frozenset(data["hosted"]),
        hosting=frozenset(data["hosting"]),
        giving=frozenset(data["giving"]),
        said=frozenset(data["said"]),
        speaking=frozenset(data["speaking"]),
        listeners=frozenset(data["listeners"]),
        list_glue=frozenset(data["list_glue"]),
    )
