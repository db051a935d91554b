"""Pair lists by their order: "Finland and Latvia signed the treaty and the protocol, respectively"."""

from collections.abc import Iterable, Iterator

from diplograph.extract.candidates import Candidate
from diplograph.extract.parsing import Parsed

__all__ = ["in_order"]

_CUE = "respectively"


def in_order(parsed: Parsed, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates, without those that join the first of one list to another than the first of the other."""
    if _CUE not in parsed.lower:
        yield from candidates
        return
    lists = list(_lists(parsed))
    for candidate in candidates:
        places = [
            (one.index(candidate.head.token), two.index(candidate.tail.token))
            for one in lists
            for two in lists
            if one is not two
            and len(one) == len(two)
            and candidate.head.token in one
            and candidate.tail.token in two
        ]
        if all(first == second for first, second in places):
            yield candidate


def _lists(parsed: Parsed) -> Iterator[tuple[int, ...]]:
    """Yield the lists of two names and more: each name with those coordinated with it, in order."""
    for token, mention in enumerate(parsed.mention):
        if mention < 0 or parsed.deps[token] == "conj":
            continue
        chain, waiting = [token], [token]
        while waiting:
            below = [c for c in parsed.child(waiting.pop(), "conj") if parsed.mention[c] >= 0]
            chain += below
            waiting += below
        if len(chain) > 1:
            yield tuple(sorted(chain))
