"""Say in few words of the text what help is for: ``purpose`` of ``providesAssistanceTo``."""

import re
from collections.abc import Iterable

from diplograph.extract.candidates import Candidate
from diplograph.extract.parsing import Parsed
from diplograph.extract.scene import Scene

__all__ = ["purpose"]

# More words than this are no longer "few words of the text".
_LONGEST = 14
# Signs that no purpose runs across.
_STOPS = frozenset({":", ";", "(", ")", "-"})
# How far below the cue the words may start ("provide / assistance / worth / … / for").
_DEEPEST = 3
_FOR = frozenset({"for", "toward", "towards"})
_WHY = frozenset({"in", "of", "aimed", "through", "with"})
# With these another matter begins: the means, the company, the parts.
_OTHER_MATTER = frozenset({"through", "by", "including", "with", "as"})


def purpose(scene: Scene, candidate: Candidate, sums: frozenset[int] = frozenset()) -> str:
    """Give the purpose that stands with the cue, or an empty string.

    In this order: what follows *for* or *towards* and is not the recipient, an infinitive ("to rebuild …"),
    *in* with a verb ("in rebuilding …"), else the thing given ("two patrol vessels"), unless that is a sum of
    money (``sums`` are the tokens of such) or names who gives or receives ("its contribution to UNICEF").
    """
    parsed = scene.parsed
    below = [t for t in _below(parsed, candidate.cue) if t > candidate.cue]
    taken = {candidate.head.token, candidate.tail.token}
    for token in below:
        if parsed.lower[token] in _FOR and parsed.deps[token] in {"prep", "dative"}:
            inner = [
                c for c in parsed.child(token, "pobj", "pcomp") if c not in taken and scene.named(c) is None
            ]
            if inner:
                return _text(scene, inner[0])
    for token in below:
        if parsed.deps[token] in {"xcomp", "advcl", "acl", "relcl"} and any(
            parsed.lower[c] == "to" for c in parsed.child(token, "aux")
        ):
            return _text(scene, token)
    for token in below:
        if parsed.lower[token] in _WHY and (verbs := parsed.child(token, "pcomp")):
            return _text(scene, verbs[0])
    for token in (*parsed.child(candidate.cue, "dobj", "nsubjpass"), candidate.cue):
        if parsed.tags[token].startswith("NN") and token not in taken and scene.named(token) is None:
            if not taken.union(sums).isdisjoint(_subtree(parsed, token)):
                continue
            words = _text(scene, token)
            if not re.search(r"\d", words) and len(words) > len(parsed.words[token]):
                return words
    return ""


def _below(parsed: Parsed, cue: int) -> list[int]:
    """Give the tokens near below a cue, nearest first."""
    level, found = [cue], []
    for _ in range(_DEEPEST):
        level = [
            c
            for t in level
            for c in parsed.children[t]
            if parsed.deps[c] not in {"nsubj", "nsubjpass", "relcl"}
        ]
        found += level
    return found


def _subtree(parsed: Parsed, token: int) -> Iterable[int]:
    yield token
    for child in parsed.children[token]:
        if parsed.deps[child] in {"relcl", "punct", "mark", "nsubj"}:
            continue
        if parsed.deps[child] == "prep" and parsed.lower[child] in _OTHER_MATTER:
            continue
        yield from _subtree(parsed, child)


def _text(scene: Scene, token: int) -> str:
    """Give the words that a token heads as they stand in the document, at most a few, without a gap."""
    parsed = scene.parsed
    tokens = sorted(set(_subtree(parsed, token)))
    start = tokens[0]
    while parsed.tags[start] in {"TO", "DT", "PRP$"} and start < token:
        start += 1
    chosen = [start]
    while (
        chosen[-1] + 1 <= tokens[-1] and len(chosen) < _LONGEST and parsed.lower[chosen[-1] + 1] not in _STOPS
    ):
        chosen.append(chosen[-1] + 1)
    while len(chosen) > 1 and parsed.tags[chosen[-1]] in {
        "IN",
        "DT",
        "CC",
        ",",
        ".",
        "TO",
        ":",
        "-LRB-",
        "PRP$",
        "JJ",
    }:
        if parsed.tags[chosen[-1]] == "JJ" and chosen[-1] == tokens[-1]:
            break
        chosen.pop()
    last = chosen[-1]
    index = parsed.inside[last]
    end = scene.mentions[index].span.end if index >= 0 else parsed.offsets[last] + len(parsed.words[last])
    text = scene.document.text[parsed.offsets[chosen[0]] : end]
    return re.sub(r"\s+", " ", text).strip(" ,;:")
