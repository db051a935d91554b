"""Who and what takes part in a sentence: its names, and what its pronouns and short forms stand for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from diplograph.extract.listed_facts import ListedFacts
from diplograph.extract.parsing import Parsed
from diplograph.extract.records import Document, Entity, Mention

__all__ = ["NO_THEME", "Participant", "Scene", "Theme"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An entity that a token of the sentence stands for, or that the sentence implies.

    ``token`` is the index of the token, or -1 for one that is only implied; ``how`` says by what:
    ``name``, ``anaphor``, ``author`` (the unsaid own state), ``topic`` (set by a heading or an opening).
    """

    entity: str
    cls: str
    token: int
    how: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What a document or section is about, by class; ``Country`` is the one state that a text of no state is about.

    ``place`` tells whether the sentence stands in the ``title`` of the document, in its ``opening`` or further on.
    """

    things: Mapping[str, Participant] = field(default_factory=dict)
    place: str = ""

    def __getitem__(self, cls: str) -> Participant | None:
        """Give what the section is about of a class, or None."""
        return self.things.get(cls)

    def after(self, latest: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """Give what was named last of each class, with what the section is about where nothing was."""
        told = {p.cls for p in latest}
        return (*latest, *(p for cls, p in self.things.items() if cls not in told and cls != "Country"))


NO_THEME = Theme()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One parsed sentence with its participants; what relation rules look at.

    ``anaphors`` maps tokens (pronouns, "the two countries", "the Forum") to the participants they stand
    for; ``author`` is the author's own state as an implied participant, or None; ``topic`` the
    participants that the opening of the sentence, the heading or the sentence before sets as its topic;
    ``speakers`` maps persons to the state or body that they act for; ``latest`` is the last participant of
    each class that the few sentences before named; ``voice`` those who together issue the text, if several do;
    ``trip`` the places where the journey goes that the sentences before told of; ``near_issues`` the issue
    areas that the few sentences before and behind name; ``listed`` tells what the tables say of two participants;
    ``issuer`` is the body whose text it is, also where several states speak in its name;
    ``theme`` what the document or section is about.
    """

    document: Document
    parsed: Parsed
    entities: dict[str, Entity]
    anaphors: dict[int, tuple[Participant, ...]]
    author: Participant | None
    topic: tuple[Participant, ...] = ()
    heading_issues: tuple[str, ...] = ()
    speakers: Mapping[str, Participant] = field(default_factory=dict)
    latest: tuple[Participant, ...] = ()
    foreign: Participant | None = None
    voice: tuple[Participant, ...] = ()
    trip: tuple[Participant, ...] = ()
    near_issues: frozenset[str] = frozenset()
    listed: ListedFacts | None = None
    issuer: Participant | None = None
    theme: Theme = NO_THEME

    @property
    def mentions(self) -> Sequence[Mention]:
        """The mentions of the sentence, in order."""
        return self.parsed.sentence.mentions

    def named(self, token: int) -> Participant | None:
        """Give the participant that a token names, or None."""
        index = self.parsed.mention[token]
        if index < 0:
            return None
        mention = self.mentions[index]
        return Participant(entity=mention.entity, cls=mention.cls, token=token)

    def meant(self) -> list[tuple[int, tuple[Participant, ...]]]:
        """Give the tokens that name somebody or something, or stand for such, with whom they mean, in order."""
        return sorted((self.anaphors | {p.token: (p,) for p in self.names()}).items(), key=itemgetter(0))

    def names(self, *classes: str) -> tuple[Participant, ...]:
        """Give the named participants of some classes, in order of place."""
        remembered = self.parsed.remembered
        known: tuple[Participant, ...] | None = remembered.get(classes)
        if known is None:
            mentions = self.mentions
            if classes:
                known = tuple([p for p in self.names() if p.cls in classes])
            else:
                known = tuple(
                    [
                        Participant(entity=mentions[index].entity, cls=mentions[index].cls, token=token)
                        for index, token in self.parsed.named_tokens
                    ]
                )
            remembered[classes] = known
        return known
