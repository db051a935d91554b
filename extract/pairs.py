"""Pair the participants of a sentence and describe each pair by features that a person can read.

The features serve the ranker (:mod:`diplograph.extract.ranking`): which rules fired for the pair, the path
between its words in the dependency tree, the words that govern them, what stands between.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from diplograph.extract.frames import Candidate
from diplograph.extract.parsing import Parsed
from diplograph.extract.scene import Participant, Scene
from diplograph.ontology.model import SIGNATURES, SYMMETRIC_RELATIONS

__all__ = ["STANDINGS", "SURE", "Pair", "Standing", "pair_up", "standing", "stem"]

Standing = Literal["sure", "unsure", "pair"]

# How a claim stands with the rules, best first: a rule is sure of it, rules only suggest it, none proposes it.
STANDINGS: Final[tuple[Standing, ...]] = ("sure", "unsure", "pair")

# From this confidence on a rule's proposal is a claim by itself.
SURE: Final = 0.5

_SUFFIXES = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "ied",
    "ies",
    "ed",
    "es",
    "s",
    "e",
)
# Function words tell nothing of the relation when they stand between two names.
_COMMON_TAGS = frozenset({"DT", "IN", "TO", "CC", "PRP", "PRP$", "WDT", "MD", "EX", "POS"})
# Sentences that name more are lists: pairing all with all would cost much and say little.
_MOST_PARTICIPANTS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two participants, what the rules propose for them, and the features they share over all relations.

    ``relations`` are the relations whose classes fit; ``proposals`` the candidates of the rules by relation.
    """

    head: Participant
    tail: Participant
    relations: tuple[str, ...]
    proposals: Mapping[str, tuple[Candidate, ...]]
    features: tuple[str, ...]


def standing(proposals: Sequence[Candidate]) -> Standing:
    """Say how sure the rules are of a claim, by what they propose for it."""
    if not proposals:
        return "pair"
    return "sure" if any(c.confidence >= SURE for c in proposals) else "unsure"


def stem(word: str) -> str:
    """Cut the commonest endings off a word: crude, fast, and the same everywhere."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def pair_up(scene: Scene, candidates: Sequence[Candidate]) -> Iterator[Pair]:
    """Yield the ordered pairs of participants for which some relation is possible, in a fixed order."""
    proposals: dict[tuple[str, str], dict[str, list[Candidate]]] = {}
    for c in candidates:
        key = (c.head.entity, c.tail.entity)
        if c.predicate in SYMMETRIC_RELATIONS and key[0] > key[1]:
            key = (key[1], key[0])
        proposals.setdefault(key, {}).setdefault(c.predicate, []).append(c)
    participants = _participants(scene, candidates)
    sentence = _sentence_features(scene)
    crowded = len(participants) > _MOST_PARTICIPANTS
    for head in participants:
        for tail in participants:
            if head.entity == tail.entity:
                continue
            proposed = proposals.get((head.entity, tail.entity), {})
            if not proposed and (crowded or (head.token < 0 and tail.token < 0)):
                continue
            relations = tuple(
                r
                for r in SIGNATURES.get((head.cls, tail.cls), ())
                if r not in SYMMETRIC_RELATIONS or head.entity < tail.entity
            )
            if relations:
                yield Pair(
                    head=head,
                    tail=tail,
                    relations=relations,
                    proposals={r: tuple(c) for r, c in sorted(proposed.items())},
                    features=(*sentence, *_pair_features(scene, head, tail, proposed)),
                )


def _participants(scene: Scene, candidates: Sequence[Candidate]) -> list[Participant]:
    found: dict[str, Participant] = {}
    for p in scene.names():
        found.setdefault(p.entity, p)
    for _, stood_for in sorted(scene.anaphors.items()):
        for p in stood_for:
            found.setdefault(p.entity, p)
    for c in candidates:
        for p in (c.head, c.tail):
            found.setdefault(p.entity, _here(scene, p))
    if scene.author:
        found.setdefault(scene.author.entity, scene.author)
    for p in scene.topic:
        found.setdefault(p.entity, Participant(entity=p.entity, cls=p.cls, token=-1, how="topic"))
    return list(found.values())


def _here(scene: Scene, p: Participant) -> Participant:
    """Give a participant its token only if that token of this sentence stands for it."""
    if 0 <= p.token < len(scene.parsed.words):
        named = scene.named(p.token)
        if named is not None and named.entity == p.entity:
            return p
        if any(q.entity == p.entity for q in scene.anaphors.get(p.token, ())):
            return p
    return p if p.token < 0 else Participant(entity=p.entity, cls=p.cls, token=-1, how=p.how)


def _sentence_features(scene: Scene) -> list[str]:
    parsed = scene.parsed
    features = [f"root={stem(parsed.lower[i])}" for i, head in enumerate(parsed.heads) if head == i][:1]
    words = {
        stem(w)
        for w, inside in zip(parsed.lower, parsed.inside, strict=True)
        if inside < 0 and len(w) > 3 and w.isalpha()
    }
    features += [f"says={w}" for w in sorted(words)]
    return features


def _pair_features(
    scene: Scene, head: Participant, tail: Participant, proposed: Mapping[str, Sequence[Candidate]]
) -> Iterator[str]:
    parsed = scene.parsed
    yield "always"
    yield f"classes={head.cls}>{tail.cls}"
    yield f"how={head.how}>{tail.how}"
    if scene.author:
        if head.entity == scene.author.entity:
            yield "head=author"
        if tail.entity == scene.author.entity:
            yield "tail=author"
    if tail.cls == "IssueArea":
        yield f"tail={tail.entity}"
    for relation, candidates in sorted(proposed.items()):
        for c in candidates:
            yield f"rule={relation}:{c.rule}"
            yield f"rule={relation}:{c.rule}:{c.roles[0]}>{c.roles[1]}"
        yield f"proposed={relation}"
    if not proposed:
        yield "proposed=none"
    for name, p in (("head", head), ("tail", tail)):
        if p.token >= 0:
            governor = parsed.heads[p.token]
            yield f"{name}.governor={stem(parsed.lower[governor])}/{parsed.deps[p.token]}"
            above = parsed.heads[governor]
            yield f"{name}.above={stem(parsed.lower[above])}/{parsed.deps[governor]}"
            yield f"{name}.label={parsed.deps[p.token]}"
            if (index := parsed.mention[p.token]) >= 0:
                yield f"{name}.last={scene.mentions[index].text.rsplit(None, 1)[-1].lower()}"
    if head.token >= 0 and tail.token >= 0 and head.token != tail.token:
        yield from _path_features(parsed, head, tail)


def _path_features(parsed: Parsed, head: Participant, tail: Participant) -> Iterator[str]:
    up, top, down = _path(parsed, head.token, tail.token)
    labels = [*(parsed.deps[t] for t in up), "^", *(parsed.deps[t] for t in reversed(down))]
    yield "path=" + "/".join(labels[:9])
    length = len(up) + len(down)
    yield f"path.length={min(length, 12) // 2 * 2}"
    classes = f"{head.cls}>{tail.cls}"
    inner = [*up[1:], *down[1:], *([top] if top >= 0 and top not in (head.token, tail.token) else [])]
    for t in inner:
        yield f"path.word={stem(parsed.lower[t])}"
        yield f"path.word={stem(parsed.lower[t])}:{classes}"
    if top >= 0 and top not in (head.token, tail.token):
        ends = f"{parsed.deps[up[-1]] if up else ''}>{parsed.deps[down[-1]] if down else ''}"
        yield f"path.top={stem(parsed.lower[top])}:{ends}"
    else:
        yield "path.top=" + ("head" if top == head.token else "tail")
    gap = tail.token - head.token
    yield "order=" + ("head-first" if gap > 0 else "tail-first")
    yield "gap=" + ("near" if abs(gap) < 4 else "middle" if abs(gap) < 12 else "far")
    low, high = sorted((head.token, tail.token))
    if high - low <= 6:
        yield "between=" + " ".join(parsed.lower[low + 1 : high])
    for t in range(low + 1, min(high, low + 13)):
        if parsed.tags[t] not in _COMMON_TAGS and parsed.lower[t].isalpha():
            yield f"between.word={stem(parsed.lower[t])}"
    names = sum(1 for t in range(low + 1, high) if parsed.mention[t] >= 0)
    yield f"between.names={min(names, 4)}"


def _path(parsed: Parsed, first: int, second: int) -> tuple[tuple[int, ...], int, tuple[int, ...]]:
    """Give the tokens below the lowest common ancestor on either side, and the ancestor (-1 if none)."""
    up, down = parsed.path_up(first), parsed.path_up(second)
    place = {t: i for i, t in enumerate(down)}
    for i, t in enumerate(up):
        if t in place:
            return up[:i], t, down[: place[t]]
    return up, -1, down
