"""Keep what a document has spoken of so far, and tell what stands out in a sentence."""

from dataclasses import dataclass, field

from diplograph.extract.parsing import Parsed
from diplograph.extract.scene import Participant

__all__ = [
    "ACTORS",
    "REFERENTS",
    "Context",
    "at_token",
    "bound_in",
    "introduced",
    "is_main_subject",
    "is_plural",
    "main_subject_token",
    "pair_of",
    "subject_of",
    "words_of",
]

ACTORS = frozenset({"Country", "Organization", "Forum"})
# What "it" and "its" can stand for.
REFERENTS = ACTORS | {"Agreement", "Event", "Programme", "Policy"}
_RELATIVE = frozenset({"which", "that", "who", "whom"})


@dataclass(slots=True)
class Context:
    """What has been spoken of so far; kept while one document is read.

    ``author`` is who speaks: the document's own state, or the body that publishes it. ``recent`` holds what was
    named with the words of its name, the last one last.
    """

    author: Participant | None = None
    recent: list[tuple[Participant, frozenset[str]]] = field(default_factory=list)
    pair: tuple[Participant, ...] = ()
    bound: bool = False  # the pair was named as one ("X and Y"), not just in one sentence
    subject: tuple[Participant, ...] = ()  # the one body or thing that the sentence before was about
    chorus: tuple[Participant, ...] = ()  # those who together were the subject of the sentence before
    assembly: tuple[Participant, ...] = ()  # those whom "the ministers" or "the leaders" means
    assembly_at: int = 0
    sole: Participant | None = None  # the one body or thing that the sentence before named beside the author
    lone: Participant | None = None  # the one state that the sentence before named
    latest: dict[str, Participant] = field(default_factory=dict)
    named_at: dict[str, int] = field(default_factory=dict)
    sentence: int = 0
    person: Participant | None = None
    other_person: Participant | None = None  # whom "him" means where "he" is ``person``
    heading: tuple[Participant, ...] = ()
    circle: tuple[Participant, ...] = ()  # who last met, spoke or acted together
    circle_at: int = 0
    opening: tuple[Participant, ...] = ()  # who met, spoke or acted together as the document begins
    voice: tuple[Participant, ...] = ()  # who says "we" in a text issued by several
    foreign: Participant | None = None  # the state named last that does not speak itself
    trip: tuple[Participant, ...] = ()  # where the journey told last goes
    trip_at: int = 0
    bodily: bool = False  # no single state issues the text
    joint: bool = False  # the head of the text says that several issue it
    publisher: Participant | None = None  # the body that publishes what several may issue
    issuer: Participant | None = None  # the body whose text it is, if it is of one
    organs: dict[str, Participant] = field(
        default_factory=dict
    )  # whom a bare "the Council" of the issuer means
    organ_ranks: dict[str, int] = field(default_factory=dict)  # how well each is known
    organ_found: bool = False  # the opening said which organ of the publisher issues the text
    ourselves: tuple[Participant, ...] = ()  # who said "We, the Governments of …"


def introduced(parsed: Parsed, token: int, names: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Give those whom "We, the Governments of X and Y, …" names: at least two, between "we" and its verb."""
    verb = parsed.heads[token]
    if parsed.deps[token] != "nsubj" or verb <= token + 2 or parsed.words[token + 1] != ",":
        return ()
    named = {p.entity: p for p in names if token < p.token < verb and p.cls in {"Country", "Organization"}}
    return tuple(named.values()) if len(named) > 1 else ()


def pair_of(names: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Give the one or two states among names, or nothing where there are more."""
    seen: dict[str, Participant] = {}
    for p in names:
        if p.cls == "Country":
            seen.setdefault(p.entity, p)
    return tuple(seen.values()) if len(seen) <= 2 else ()


def bound_in(parsed: Parsed, one: int, other: int) -> bool:
    """Tell whether two names are coordinated or stand in a heading, so that they make a pair."""
    if not any(tag in {"VBD", "VBZ", "VBP", "MD"} for tag in parsed.tags):
        return True
    first, last = sorted((one, other))
    while parsed.deps[last] in {"conj", "appos"} and last > first:
        last = parsed.heads[last]
    return last == first or {parsed.heads[first], parsed.heads[last]} <= {first, last}


def is_main_subject(parsed: Parsed, token: int) -> bool:
    """Tell whether a name is a subject of the main clause, or coordinated with one."""
    while parsed.deps[token] in {"conj", "appos"} and parsed.heads[token] != token:
        token = parsed.heads[token]
    verb = parsed.heads[token]
    return parsed.deps[token] in {"nsubj", "nsubjpass"} and parsed.deps[verb] in {"ROOT", "conj"}


def main_subject_token(parsed: Parsed) -> int | None:
    """Give the token that is the subject of the main clause, or None."""
    for token, label in enumerate(parsed.deps):
        if label in {"nsubj", "nsubjpass"} and parsed.deps[parsed.heads[token]] == "ROOT":
            return token
    return None


def subject_of(parsed: Parsed, token: int) -> int | None:
    """Give the subject of the clause that a word stands in; a participle or an infinitive has that of its governor."""
    for above in parsed.path_up(token)[1:]:
        if not parsed.tags[above].startswith(("VB", "MD")):
            continue
        subjects = [s for s in parsed.child(above, "nsubj", "nsubjpass") if s != token]
        if subjects and parsed.lower[subjects[0]] in _RELATIVE and parsed.deps[above] == "relcl":
            return parsed.heads[above]
        if subjects:
            return subjects[0]
        if parsed.deps[above] == "acl":
            return parsed.heads[above]
    return None


def is_plural(parsed: Parsed, token: int) -> bool:
    """Tell whether a noun that is no name is a plural, also one with a capital ("Ministers")."""
    if parsed.inside[token] >= 0:
        return False
    word = parsed.lower[token]
    return parsed.tags[token] in {"NNS", "NNPS"} or (
        parsed.tags[token] == "NNP" and word.endswith("s") and not word.endswith("ss")
    )


def words_of(participant: Participant, name: str) -> frozenset[str]:
    """Give the words of what a participant is called, in the text and in full, in lower case."""
    return frozenset([*name.split(), *participant.entity.split("/", 1)[1].split("-")])


def at_token(participant: Participant, token: int) -> Participant:
    """Give a participant as what a token that is not its name stands for."""
    return Participant(entity=participant.entity, cls=participant.cls, token=token, how="anaphor")
