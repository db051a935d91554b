"""Let the state of a person who attends attend too, and the land of a place be visited with it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from diplograph.extract.candidates import Candidate
from diplograph.extract.scene import Participant, Scene

__all__ = ["Envoys"]

# "of the Security Council, which was led by Ambassador A": words up to the person.
_LED = 8


@dataclass(frozen=True, slots=True)
class Envoys:
    """Callable on a scene: what other readers propose, and that with a person who attends their state takes part."""

    readers: tuple[Callable[[Scene], Iterable[Candidate]], ...]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield the candidates of the readers in their order, each followed by that for the person's state."""
        for reader in self.readers:
            for c in reader(scene):
                yield c
                if c.predicate == "visits" and c.head.cls == "Organization":
                    for person in _led_by(scene, c):
                        yield replace(c, head=person, rule=c.rule + "-led")
                if c.predicate == "participatesIn" and c.head.cls == "Person":
                    state = scene.speakers.get(c.head.entity)
                    if state is not None and state.cls == "Country":
                        yield replace(c, head=state, rule=c.rule + "-state")
                elif (
                    c.predicate in {"visits", "heldIn"}
                    and c.tail.cls == "Place"
                    and c.tail.token >= 0
                    and not c.rule.endswith("-within")
                ):
                    land = _land_behind(scene, c.tail)
                    if land is not None:
                        yield replace(
                            c, tail=land, rule=c.rule + "-within", confidence=max(0.4, c.confidence - 0.1)
                        )


def _led_by(scene: Scene, visit: Candidate) -> tuple[Participant, ...]:
    """Give who leads the mission of a body that visits: "a mission of the Council, led by A, visited Haiti"."""
    parsed = scene.parsed
    start = visit.head.token
    for token in range(start + 1, min(start + _LED, len(parsed.words))):
        if parsed.tags[token] == "VBN" and parsed.lower[token + 1 : token + 2] == ("by",):
            return tuple(p for p in scene.names("Person") if token < p.token < token + _LED)[:1]
    return ()


def _land_behind(scene: Scene, place: Participant) -> Participant | None:
    """Give the state that follows a place as its land: "Lima, Peru", "Lima (Peru)"."""
    parsed = scene.parsed
    named = scene.named(place.token)
    if named is None or named.entity != place.entity:
        return None
    at = place.token + 1
    while at < len(parsed.words) and parsed.inside[at] == parsed.inside[place.token]:
        at += 1
    if at + 1 >= len(parsed.words) or parsed.words[at] not in {",", "("}:
        return None
    land = scene.named(at + 1)
    if land is None or land.cls != "Country":
        return None
    end = at + 2
    while end < len(parsed.words) and parsed.inside[end] >= 0 and parsed.inside[end] == parsed.inside[at + 1]:
        end += 1
    if (
        parsed.lower[end : end + 1] == ("and",)
        and end + 1 < len(parsed.words)
        and parsed.inside[end + 1] >= 0
    ):
        return None  # "to Rabat, Spain and Morocco agreed"
    return land
