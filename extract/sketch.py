"""Write a sentence with one character for each name, for patterns that read lists and titles without a parser."""

from bisect import bisect_right
from dataclasses import dataclass

from diplograph.extract.scene import Participant, Scene

__all__ = [
    "ACTOR",
    "ANY",
    "BODY",
    "EVENT",
    "HOLDER",
    "OCCASION",
    "OTHER",
    "PERSON",
    "PROGRAMME",
    "STATE",
    "Sketch",
    "index_of",
    "meant",
    "sketch",
]

# Private characters, one for each mention: its index added to the first of its kind.
_KINDS = ("Person", "Country", "Organization", "Forum", "Event", "Programme", "Place", "")
_MOST = 0x200
_FIRST = {kind: 0xE000 + number * _MOST for number, kind in enumerate(_KINDS)}


def _of(*kinds: str) -> str:
    """Give the ranges of the characters that stand for names of some kinds, to be put in brackets."""
    return "".join(f"{chr(_FIRST[kind])}-{chr(_FIRST[kind] + _MOST - 1)}" for kind in kinds)


# What stands for names of a kind in patterns.
PERSON = f"[{_of('Person')}]"
STATE = f"[{_of('Country')}]"
BODY = f"[{_of('Organization', 'Forum')}]"
HOLDER = f"[{_of('Country', 'Organization', 'Forum')}]"
OCCASION = f"[{_of('Event', 'Forum')}]"
EVENT = f"[{_of('Event')}]"
PROGRAMME = f"[{_of('Programme')}]"
ACTOR = f"[{_of('Person', 'Country', 'Organization')}]"
# Ranges of names, to be put in brackets: of those that hold no office, and of all.
OTHER = _of("Event", "Programme", "Place", "")
ANY = _of(*_KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A sentence with its names as single characters; ``starts`` are the places of its characters in the text."""

    text: str
    starts: tuple[int, ...]

    def at(self, place: int) -> int:
        """Give where a place of the masked text stands in the sketch; within a name, where that name stands."""
        return bisect_right(self.starts, place) - 1


def index_of(character: str) -> int:
    """Give the index of the mention that a character of a sketch stands for."""
    return (ord(character) - _FIRST["Person"]) % _MOST


def meant(scene: Scene, character: str) -> Participant | None:
    """Give the participant that a character of a sketch stands for; None if it heads no token."""
    index = index_of(character)
    token = scene.parsed.token_of.get(index)
    if token is None:
        return None
    mention = scene.mentions[index]
    return Participant(entity=mention.entity, cls=mention.cls, token=token)


def sketch(scene: Scene) -> Sketch:
    """Write the sentence of a scene; a place that is listed as a state counts as one."""
    known: Sketch | None = scene.parsed.remembered.get("sketch")
    if known is not None:
        return known
    sentence = scene.parsed.sentence
    parts: list[str] = []
    starts: list[int] = []
    done = 0
    names = zip(sentence.places, sentence.mentions, strict=True)
    for index, ((start, end), mention) in enumerate(names):
        if start < done or index >= _MOST or mention.cls == "IssueArea":  # "the UN mediator"
            continue
        entity = scene.entities.get(mention.entity)
        state_like = mention.cls == "Place" and entity is not None and entity.iso3
        first = _FIRST.get("Country" if state_like else mention.cls, _FIRST[""])
        parts += [sentence.text[done:start], chr(first + index)]
        starts += [*range(done, start), start]
        done = end
    parts.append(sentence.text[done:])
    starts += range(done, len(sentence.text))
    made = Sketch(text="".join(parts), starts=tuple(starts))
    scene.parsed.remembered["sketch"] = made
    return made
