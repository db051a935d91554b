"""Read claims off the order of the words alone, where long lists and asides mislead a parser.

A sentence is written anew with one sign for each name ("the contact group O4 comprises C7 , C9 and C11"), so that one
pattern binds a list of any length: "{body:OF} comprising {head:C++}". Patterns and words: ``wordings.toml``.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from diplograph.extract.candidates import Candidate
from diplograph.extract.parsing import Parsed
from diplograph.extract.scene import Participant, Scene
from diplograph.ontology.errors import TableError
from diplograph.ontology.model import RELATION_CLASSES
from diplograph.ontology.vocabulary import Entry

__all__ = ["Wording", "Wordings", "load_wordings"]

# The sign of each class of names; issue terms stay as written.
_SIGNS: Final = {
    "Country": "C", "Place": "L", "Organization": "O", "Forum": "F", "Event": "E",
    "Agreement": "A", "Policy": "Y", "Programme": "G", "Person": "P",
}  # fmt: skip
# "{head:CO++|us}": a role, the signs it takes, "+" for a list, "++" for one of two at least, words that may stand instead.
_ROLE = re.compile(r"\{(?P<role>[a-z]+):(?P<signs>[A-Z]+)(?P<many>\+{0,2})(?:\|(?P<words>[a-z_]+))?\}")
_WORDS = re.compile(r"@([a-z_]+)")
# "~4": up to four words that name nobody; "%4": up to four of any kind; neither goes beyond the clause.
_PLAIN = re.compile(r"~(\d+)")
_ANY = re.compile(r"%(\d+)")
# The word of a pattern that tells how far an act has come, where it is none of the cues.
_CUE = "cue"
# Who does what the words behind tell; others stand under a preposition before.
_DOER = "doer"
# "In Mali, …": an opening preposition with at most an article.
_OPENING = 2
# Without a meaning of their own these mean the state named last.
_HEAD, _PRONOUNS = "head", frozenset({"it"})
# Whose sign, in a role of a claim, is no group of the pattern: who speaks, and the land where a mission is.
_SPEAKER = "speaker"
_LAND = "land:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """An order of words and its claims, each as predicate, role of the head and role of the tail.

    ``status`` tells what each word for the act makes of the relation, the empty word standing for all others;
    ``cues`` are words one of which must stand in the sentence, ``unless`` such of which none may; ``barred`` are parts
    of ids of texts or bodies that do not count.
    """

    id: str
    cues: frozenset[str]
    pattern: re.Pattern[str]
    claims: tuple[tuple[str, str, str], ...]
    confidence: float
    status: Mapping[str, str]
    modality: str = ""
    barred: tuple[str, ...] = ()
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """Callable on a scene: candidates of many relations; settings only.

    ``lands`` says of listed missions in which land they are.
    """

    wordings: tuple[Wording, ...]
    lands: Mapping[str, Participant]
    governed: re.Pattern[str]
    cues: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cues", frozenset[str]().union(*(w.cues for w in self.wordings)))

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates, wordings in the order of their file, those of one in order of place."""
        words = scene.parsed.vocabulary
        here = self.cues & words
        if not here:
            return
        line = ""
        starts: list[int] = []
        for wording in self.wordings:
            if wording.cues.isdisjoint(here) or not wording.unless.isdisjoint(words):
                continue
            if not line:
                line, starts = _signed(scene)
            for match in wording.pattern.finditer(line):
                yield from self._claims(scene, wording, match, starts)

    def _claims(
        self, scene: Scene, wording: Wording, match: re.Match[str], starts: list[int]
    ) -> Iterator[Candidate]:
        told = _CUE in wording.pattern.groupindex and match.start(_CUE) >= 0
        cue = bisect_left(starts, match.start(_CUE) if told else match.start())
        while not told and cue < len(starts) - 1 and scene.parsed.lower[cue] not in wording.cues:
            cue += 1
        status = wording.status.get(scene.parsed.lower[cue], wording.status.get("", ""))
        for predicate, head_role, tail_role in wording.claims:
            heads = self._fill(scene, wording, match, starts, head_role)
            tails = self._fill(scene, wording, match, starts, tail_role)
            head_classes, tail_classes = RELATION_CLASSES[predicate]
            for head in heads:
                for tail in tails:
                    if head.entity != tail.entity and head.cls in head_classes and tail.cls in tail_classes:
                        yield Candidate(
                            predicate=predicate, head=head, tail=tail, rule=wording.id + ("-land" if tail_role.startswith(_LAND) else ""), cue=cue,
                            qualifiers=(("status", status),) if status else (),
                            confidence=wording.confidence, modality=wording.modality,
                            roles=(head_role, tail_role),
                        )  # fmt: skip

    def _fill(
        self, scene: Scene, wording: Wording, match: re.Match[str], starts: list[int], role: str
    ) -> list[Participant]:
        """Give who fills a role, each once, in order of place."""
        if role == _SPEAKER:
            if scene.voice or scene.author is not None:
                return list(scene.voice) or [p for p in (scene.author,) if p is not None]
            return [p for p in scene.topic if p.cls in {"Organization", "Forum"}][:1]
        if role.startswith(_LAND):
            missions = self._fill(scene, wording, match, starts, role.removeprefix(_LAND))
            return [self.lands[m.entity] for m in missions if m.entity in self.lands]
        first, last = match.span(role)
        if first < 0:
            return []
        found: dict[str, Participant] = {}
        for token in range(bisect_left(starts, first), bisect_left(starts, last)):
            named = scene.named(token)
            for p in (named,) if named is not None else scene.anaphors.get(token, ()):
                if p.cls == "Person" and role == _DOER:
                    p = replace(scene.speakers.get(p.entity, p), token=token)
                if not any(part in p.entity for part in wording.barred):
                    found.setdefault(p.entity, p)
        if (
            not found and match[role] in _PRONOUNS
        ):  # "the Paris Club, of which it is a member": the state named before
            before = [p for p in scene.names("Country") if starts[p.token] < match.start()]
            return before[-1:]
        if role == _DOER:
            found = {p.entity: p for p in self._subjects(list(found.values()), match, starts)}
        states = [p for p in found.values() if p.cls == "Country"]
        spoken_for = states and any(p.cls == "Person" for p in found.values())  # "Ana Silva (Portugal)"
        return states if spoken_for else list(found.values())

    def _subjects(
        self, listed: list[Participant], match: re.Match[str], starts: list[int]
    ) -> list[Participant]:
        """Give who of a list is the subject of what follows, where a preposition governs the list or its beginning.

        "In Mali, France and Japan gave" tells of France and Japan; "living in Mali and Niger, France gave" of France.
        """
        opened = self.governed.search(match.string, 0, match.start(_DOER))
        if opened is None or not all(p.token >= 0 for p in listed):
            return listed
        ends = [match.string[: starts[p.token]].removesuffix(" the ").rstrip().endswith(",") for p in listed]
        if opened.start() == 0 and len(opened[0].split()) <= _OPENING:
            first = next((at for at, after in enumerate(ends) if at and after), len(listed))
            return listed[first:]
        comma_and = match.string[: starts[listed[-1].token]].endswith(", and ") if listed else False
        return listed[-1:] if listed and (ends[-1] or comma_and) else []


def _signed(scene: Scene) -> tuple[str, list[int]]:
    """Write a sentence with signs for names, a space before and after each word; give the start of each token."""
    parsed = scene.parsed
    pieces: list[str] = []
    starts: list[int] = []
    at = 1
    for token, word in enumerate(parsed.lower):
        starts.append(at)
        sign = _SIGNS.get(parsed.mentioned(token), "")
        hyphened = _hyphened(parsed, token)
        if sign:
            word = f"{sign}{token}"
        elif parsed.inside[token] >= 0 and parsed.mention[token] < 0:
            inner = scene.mentions[parsed.inside[token]].cls
            if inner in _SIGNS:  # further words of a name
                continue
        word = word.replace(" ", "")
        if not word:
            continue
        if hyphened and not sign and pieces[-1][0].islower():  # "non", "-", "permanent" are one word here
            at -= 1
            starts[-1] = at
            pieces[-1] += word
        else:
            pieces.append(word)
        at += len(word) + 1
    return " " + " ".join(pieces) + " ", starts


def _hyphened(parsed: Parsed, token: int) -> bool:
    """Tell whether a token is, or follows, a hyphen inside a word of which no part is a name."""
    at = token if parsed.words[token] == "-" else token - 1
    return (
        0 < at < len(parsed.words) - 1
        and parsed.words[at] == "-"
        and parsed.idx[at + 1] - parsed.idx[at - 1] == len(parsed.words[at - 1]) + 1
        and not parsed.mentioned(at + 1)
        and not parsed.mentioned(at - 1)
    )


def _spelt(pattern: str, words: Mapping[str, str]) -> str:
    """Write a pattern of the file as a regular expression over a line of signs."""

    def role(match: re.Match[str]) -> str:
        sign = rf"[{match['signs']}]\d+"
        told = sign
        if match["many"]:
            item = rf"{sign}(?:{words['behind']})?(?! (?:{words['poss']}) )"
            first, further = (rf"(?:(?:{words[key]}) )*{item}" for key in ("before", "again"))
            joined = rf"(?: , {further})*(?: ,)?(?: (?:{words['between']}))+ {further}"
            bare = (
                rf"(?: , {further})+(?= (?:{words['ends']}))"  # elsewhere the last name does the next thing
            )
            told = rf"{first}(?:{joined}|{bare})" + ("" if match["many"] == "++" else "?")
        if match["words"]:
            told = rf"(?:{told}|{words[match['words']]})"
        return rf"(?P<{match['role']}>{told})"

    spelt = _ROLE.sub(role, pattern)
    spelt = _WORDS.sub(lambda match: f"(?:{words[match[1]]})", spelt)
    spelt = _PLAIN.sub(lambda match: rf"(?: [^ A-Z;:][^ ]*){{0,{match[1]}}}?", spelt)
    spelt = _ANY.sub(lambda match: rf"(?: [^ ;:]+){{0,{match[1]}}}?", spelt)
    return rf"(?<= ){spelt}(?= )"


def load_wordings(folder: Path, entries: Mapping[str, Entry]) -> Wordings:
    """Read ``wordings.toml``; ``entries`` tell of listed missions their land.

    Raises:
        TableError: A wording lacks its examples, or is no pattern.
    """
    path = folder / "wordings.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    words = {
        key: "|".join(sorted(listed, key=lambda w: (-len(w), w))) for key, listed in data["words"].items()
    }
    return Wordings(
        wordings=tuple(_wording(path, row, words) for row in data["wording"]),
        governed=re.compile(rf" (?:{words['prepositions']})(?: (?:{words['carried']}|[A-Z]\d+))* $"),
        lands={
            key: Participant(entity=f"country/{land}", cls="Country", token=-1, how="inside")
            for key, entry in sorted(entries.items())
            if entry.cls == "Programme" and (land := entry.facts.get("country", ""))
        },
    )


def _wording(path: Path, row: Mapping[str, Any], words: Mapping[str, str]) -> Wording:
    if not row.get("examples") or not row.get("counter_examples"):
        raise TableError(path, row["id"], "has no examples or counter_examples", "add at least one of each")
    spelt = _spelt(row["pattern"], words)
    try:
        pattern = re.compile(spelt)
    except re.error as error:
        raise TableError(path, row["id"], f"is no pattern ({error})", "correct it") from error
    return Wording(
        id=row["id"],
        cues=frozenset(row["cues"]),
        pattern=pattern,
        claims=tuple((predicate, head, tail) for predicate, head, tail in row["claims"]),
        confidence=row["confidence"],
        status={word: told for told, spelt_so in row.get("status", {}).items() for word in spelt_so},
        modality=row.get("modality", ""),
        barred=tuple(row.get("barred", ())),
        unless=frozenset(row.get("unless", ())),
    )
