"""Tell which classes of participants a sentence has at all, before anybody looks for those that fill a role.

Two of three cues that a frame knows stand in sentences that have nobody, or nothing, of the classes that it joins.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from diplograph.extract.scene import Participant, Scene

__all__ = ["PresentClasses", "present_classes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentClasses:
    """The classes of those whom words of a sentence stand for, and of those that a role implies without a word."""

    told: frozenset[str]
    implied: Mapping[str, frozenset[str]]

    def may_fill(self, roles: Iterable[str], classes: frozenset[str]) -> bool:
        """Tell whether anybody of some classes may fill one of the roles (as :class:`FrameClaim` names them)."""
        if not classes.isdisjoint(self.told):
            return True
        implied = self.implied
        return any(role in implied and not classes.isdisjoint(implied[role]) for role in roles)


def present_classes(scene: Scene) -> PresentClasses:
    """Collect the classes of a scene; whoever a person speaks for counts where the person does."""
    told = [*scene.names(), *(p for stood_for in scene.anaphors.values() for p in stood_for)]
    speakers = scene.speakers
    told += [speakers[p.entity] for p in told if p.entity in speakers]
    author = (scene.author,) if scene.author else ()
    implied = {
        "author": _classes(scene.voice or author),
        "topic": _classes(scene.topic),
        "latest": _classes(scene.latest),
        "foreign": _classes((scene.foreign,) if scene.foreign else ()),
    }
    return PresentClasses(
        told=_classes(told), implied=implied | {f"else:{role}": classes for role, classes in implied.items()}
    )


def _classes(participants: Iterable[Participant]) -> frozenset[str]:
    return frozenset([p.cls for p in participants])
