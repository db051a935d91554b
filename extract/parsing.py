"""Parse sentences with their names masked: one plain word for each name, whatever its length.

A parser trained on news stumbles over "the Agreement between the Government of … Concerning the Transfer
of …"; it does well on "the Treaty". So each name becomes one word of its kind before parsing, which also
makes sentences shorter. Only the tagger and the dependency parser of the spaCy model run.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from diplograph.extract.folding import Folded
from diplograph.extract.parser_model import Tokens, parser
from diplograph.extract.records import Mention

__all__ = ["MaskedSentence", "Parsed", "mask", "parse_all"]

# The word that stands for a name of several words; one the parser has seen in that role.
_STAND_IN = {
    "Country": "Japan",
    "Place": "Asia",
    "Organization": "NATO",
    "Forum": "APEC",
    "Event": "Summit",
    "Agreement": "Treaty",
    "Policy": "Strategy",
    "Programme": "Programme",
    "Person": "Smith",
}

# What the parser takes for something else is read by it in a spelling of the same length: "co-chaired" would be three
# words, and "Under" of an Under Secretary a preposition. The words themselves stay as written.
_SPLIT = re.compile(r"\b(?P<prefix>co|re)-(?=[a-z]{3})", re.IGNORECASE)
_UNDER = re.compile(r"\bUnder(?=[ -]Secretar)")
_LIKE_UNDER = "Chief"
# British spellings of words that the rules know without the hyphen.
_HYPHENLESS = re.compile(r"^co-(?=op|ord|ex)")


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedSentence:
    """A sentence ready to parse: its masked text and where each mention stands in it.

    ``places`` gives, for each mention (by its index in ``mentions``), its start and end in ``text``;
    ``starts`` maps each code point of ``text`` to one of the document, for evidence and dates; so many code points
    as ``lead`` says are borrowed from a clause above, of which the sentence is an item.
    """

    text: str
    mentions: tuple[Mention, ...]
    places: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    lead: int = 0


@dataclass(frozen=True)
class Parsed:
    """A parsed sentence as plain tuples: token texts, lower forms, heads, labels, tags.

    ``heads[i]`` is the index of the token that token ``i`` depends on (itself for the root); ``mention[i]``
    is the index of the mention that token ``i`` stands for or heads, or -1; ``inside[i]`` likewise for all
    tokens of a mention of several tokens; ``offsets[i]`` is the token's start in the document, ``idx[i]``
    its start in the masked text.
    """

    sentence: MaskedSentence
    words: tuple[str, ...]
    lower: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    tags: tuple[str, ...]
    mention: tuple[int, ...]
    inside: tuple[int, ...]
    offsets: tuple[int, ...]
    idx: tuple[int, ...]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The lower forms, to ask whether a sentence has any cue."""
        return frozenset(self.lower)

    def places(self, words: frozenset[str]) -> Sequence[int]:
        """Give the tokens whose lower form is among ``words``, in order."""
        if words.isdisjoint(self.vocabulary):  # so it is of most readers' words in most sentences
            return ()
        return [at for at, word in enumerate(self.lower) if word in words]

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The lower forms; where a token heads the name of an event or issue, the last word of the name instead."""
        told = list(self.lower)
        for index, token in self.named_tokens:
            mention = self.sentence.mentions[index]
            if mention.cls in {"Event", "IssueArea"}:
                told[token] = mention.text.lower().rsplit(" ", 1)[-1]
        return tuple(told)

    @cached_property
    def _told_vocabulary(self) -> frozenset[str]:
        return self.vocabulary.union(self.told)

    def told_places(self, words: frozenset[str]) -> Sequence[int]:
        """Give the tokens whose lower form, or what they are told by, is among ``words``, in order."""
        if words.isdisjoint(self._told_vocabulary):
            return ()
        told = self.told
        return [at for at, word in enumerate(self.lower) if word in words or told[at] in words]

    @cached_property
    def remembered(self) -> dict[Any, Any]:
        """What others have worked out from this sentence alone."""
        return {}

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the tokens that depend on it, in order."""
        below: list[list[int]] = [[] for _ in self.words]
        for index, head in enumerate(self.heads):
            if head != index:
                below[head].append(index)
        return tuple(map(tuple, below))

    @cached_property
    def token_of(self) -> dict[int, int]:
        """Mention index -> the token that heads it."""
        return {m: i for i, m in enumerate(self.mention) if m >= 0}

    @cached_property
    def named_tokens(self) -> tuple[tuple[int, int], ...]:
        """The mentions with the tokens that head them, in order of the tokens."""
        return tuple([(m, i) for i, m in enumerate(self.mention) if m >= 0])

    @cached_property
    def _by_label(self) -> list[dict[str, tuple[int, ...]] | None]:
        """For each token its children by their labels, those of one label in order; None for one without any."""
        below: list[dict[str, tuple[int, ...]] | None] = [None] * len(self.words)
        for index, (head, label) in enumerate(zip(self.heads, self.deps, strict=True)):
            if head != index:
                labelled = below[head]
                if labelled is None:
                    below[head] = {label: (index,)}
                else:
                    labelled[label] = (*labelled.get(label, ()), index)
        return below

    def child(self, token: int, *deps: str) -> tuple[int, ...]:
        """Give the children of a token whose label is one of ``deps``, in order."""
        labelled = self._by_label[token]
        if labelled is None:
            return ()
        if len(deps) == 1:
            return labelled.get(deps[0], ())
        if labelled.keys().isdisjoint(deps):
            return ()
        labels = self.deps
        return tuple([c for c in self.children[token] if labels[c] in deps])

    def mentioned(self, token: int) -> str:
        """Give the class of the name that a token stands for, or an empty string."""
        index = self.mention[token]
        return self.sentence.mentions[index].cls if index >= 0 else ""

    @cached_property
    def borrowed(self) -> int:
        """The number of tokens at the beginning that belong to the clause above, not to the sentence itself."""
        return bisect_right(self.idx, self.sentence.lead - 1) if self.sentence.lead else 0

    def token_at(self, place: int) -> int:
        """Give the token that covers a place of the masked text (the one before it, for white space)."""
        return max(0, bisect_right(self.idx, place) - 1)

    def distance(self, first: int, second: int) -> int:
        """Give the number of steps between two tokens in the tree; a large number if they share no root."""
        up = {t: i for i, t in enumerate(self.path_up(first))}
        for steps, token in enumerate(self.path_up(second)):
            if token in up:
                return steps + up[token]
        return 99

    def path_up(self, token: int) -> tuple[int, ...]:
        """Give the tokens from ``token`` to the root, both included."""
        path = [token]
        while self.heads[path[-1]] != path[-1]:
            path.append(self.heads[path[-1]])
        return tuple(path)


def mask(folded: Folded, mentions: Sequence[Mention]) -> MaskedSentence:
    """Replace each name of a sentence by one word; issue terms stay as written.

    Args:
        folded: The folded sentence.
        mentions: The mentions in it, in order, not overlapping.
    """
    if not mentions:
        whole = tuple(folded.offsets[: len(folded.text)])
        return MaskedSentence(text=folded.text, mentions=(), places=(), starts=whole)
    parts: list[str] = []
    starts: list[int] = []
    places: list[tuple[int, int]] = []
    offsets = folded.offsets
    at, length = 0, 0

    def put(piece: str, origins: Iterable[int]) -> None:
        nonlocal length
        parts.append(piece)
        starts.extend(origins)
        length += len(piece)

    for m in mentions:
        begin = bisect_left(offsets, m.span.start)
        end = bisect_left(offsets, m.span.end - 1, begin) + 1
        put(folded.text[at:begin], offsets[at:begin])
        seen = folded.text[begin:end]
        word = seen if m.cls == "IssueArea" else _stand_in(m.cls, seen)
        places.append((length, length + len(word)))
        put(word, offsets[begin:end] if word == seen else [offsets[begin]] * len(word))
        at = end
    put(folded.text[at:], offsets[at : len(folded.text)])
    return MaskedSentence(
        text="".join(parts), mentions=tuple(mentions), places=tuple(places), starts=tuple(starts)
    )


def _stand_in(cls: str, seen: str) -> str:
    if cls in {"Country", "Place"} and seen.isalpha():
        return seen.capitalize() if seen.isupper() and len(seen) > 3 else seen
    return _STAND_IN[cls]


def parse_all(
    sentences: Iterable[MaskedSentence],
    *,
    batch_size: int = 128,
    wanted: Callable[[MaskedSentence], bool] | None = None,
) -> Iterator[Parsed]:
    """Parse masked sentences in batches and yield them in their order.

    A sentence that ``wanted`` refuses is not parsed: it is yielded without tokens.
    """
    waiting = list(sentences)
    chosen = [s for s in waiting if wanted is None or wanted(s)]
    parsed: dict[int, Parsed] = {}
    for sentence in waiting:
        if chosen and sentence is chosen[0]:
            batch, chosen = chosen[:batch_size], chosen[batch_size:]
            read = [_readable(s.text) for s in batch]
            found = zip(batch, read, parser()(read), strict=True)
            parsed = {
                id(s): _plain(s, tokens if text == s.text else _as_written(s, tokens))
                for s, text, tokens in found
            }
        yield parsed.get(id(sentence)) or _unparsed(sentence)


def _readable(text: str) -> str:
    if "-" in text:
        text = _SPLIT.sub(lambda m: f"{m['prefix']}{m['prefix'][-1].lower()}", text)
    return _UNDER.sub(_LIKE_UNDER, text) if "Under" in text else text


def _as_written(sentence: MaskedSentence, tokens: Tokens) -> Tokens:
    """Give the tokens of another spelling, as the parser read it, the spelling of the sentence."""
    text = sentence.text
    words = tuple(text[i : i + len(w)] for i, w in zip(tokens.idx, tokens.words, strict=True))
    return replace(tokens, words=words, lower=tuple(_HYPHENLESS.sub("co", w.lower()) for w in words))


def _unparsed(sentence: MaskedSentence) -> Parsed:
    return Parsed(
        sentence=sentence,
        words=(),
        lower=(),
        heads=(),
        deps=(),
        tags=(),
        mention=(),
        inside=(),
        offsets=(),
        idx=(),
    )


def _plain(sentence: MaskedSentence, tokens: Tokens) -> Parsed:
    words, heads, idx = tokens.words, tokens.heads, tokens.idx
    inside = [-1] * len(words)
    mention = [-1] * len(words)
    for index, (start, end) in enumerate(sentence.places):
        first = max(0, bisect_right(idx, start) - 1)
        if idx[first] + len(words[first]) <= start:
            first += 1
        last = first
        while last < len(words) and idx[last] < end:
            inside[last] = index
            last += 1
        top = [t for t in range(first, last) if not first <= heads[t] < last or heads[t] == t]
        if top:
            mention[top[-1]] = index
    heads, deps = _rejoined(sentence, words, heads, tokens.deps, tokens.tags, mention)
    tags = _retagged(heads, deps, tokens.tags, mention)
    limit = len(sentence.starts) - 1
    return Parsed(
        sentence=sentence,
        words=words,
        lower=tokens.lower,
        heads=heads,
        deps=deps,
        tags=tags,
        mention=tuple(mention),
        inside=tuple(inside),
        offsets=tuple(sentence.starts[min(i, limit)] for i in idx),
        idx=idx,
    )


# A noun at the top of a sentence that has a subject is a verb in the present tense: "Peru and Chile accede to the Treaty."
_VERB_OF_NOUN = {"NN": "VBP", "NNS": "VBZ"}


def _retagged(
    heads: Sequence[int], deps: Sequence[str], tags: tuple[str, ...], mention: Sequence[int]
) -> tuple[str, ...]:
    """Tag the verb of a sentence as one, where the tagger took it for a noun and the parser gave it a subject."""
    for token, head in enumerate(heads):
        verb = _VERB_OF_NOUN.get(tags[token]) if token == head and mention[token] < 0 else None
        if verb is not None and any(h == token and d == "nsubj" for h, d in zip(heads, deps, strict=True)):
            return (*tags[:token], verb, *tags[token + 1 :])
    return tags


# What speakers list with one another: "the Convention, the Protocol and the Conference".
_TEXTS_AND_BODIES = frozenset({"Agreement", "Event", "Forum", "Organization", "Policy", "Programme"})


def _rejoined(
    sentence: MaskedSentence,
    words: Sequence[str],
    heads: Sequence[int],
    deps: Sequence[str],
    tags: Sequence[str],
    mention: Sequence[int],
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Give names of a list back to the list, where the parser hung them on a verb or a noun further up.

    "Officials from Peru, Chile, and Japan met": Japan is one of those whom the officials come from, no second subject.
    """
    new_heads, new_deps = list(heads), list(deps)
    for token, index in enumerate(mention):
        if index < 0 or deps[token] not in {"nsubj", "nsubjpass"}:
            continue
        link = token - 1
        while link > 0 and tags[link] == "DT":
            link -= 1
        if tags[link] != "CC" or link < 2 or words[link - 1] != ",":
            continue
        before = link - 2
        first = any(d == deps[token] and heads[t] == heads[token] for t, d in enumerate(deps[:before]))
        listed = mention[before] >= 0 and deps[before] in {"conj", "appos"}
        if first and listed and sentence.mentions[mention[before]].cls == sentence.mentions[index].cls:
            new_heads[token], new_deps[token] = before, "conj"
    for token, index in enumerate(mention):
        if index < 0 or sentence.mentions[index].cls not in _TEXTS_AND_BODIES:
            continue
        top = heads[token]
        if deps[token] == "conj" and tags[top].startswith("VB") and top < token:
            before = _last_object(sentence, heads, deps, mention, token)
        elif deps[token] == "appos" and mention[top] < 0:
            before = _listed_before(sentence, words, tags, mention, token)
        else:
            continue
        if before >= 0:
            new_heads[token], new_deps[token] = before, "conj"
    return tuple(new_heads), tuple(new_deps)


def _last_object(
    sentence: MaskedSentence, heads: Sequence[int], deps: Sequence[str], mention: Sequence[int], token: int
) -> int:
    """Give the object of a verb that a name belongs with, where the parser joined the name to the verb; else -1.

    "They back the Convention, open to all, and the Protocol": the Protocol stands beside the Convention.
    """
    verb = heads[token]
    for before in range(token - 1, verb, -1):
        if mention[before] < 0 or sentence.mentions[mention[before]].cls not in _TEXTS_AND_BODIES:
            continue
        governor = heads[before]
        direct = deps[before] in {"dobj", "attr"} and governor == verb
        behind = deps[before] == "pobj" and verb in {heads[governor], heads[heads[governor]]}
        if direct or behind:
            return before
    return -1


def _listed_before(
    sentence: MaskedSentence, words: Sequence[str], tags: Sequence[str], mention: Sequence[int], token: int
) -> int:
    """Give the name right before a name of the middle of a list ("X, the Y, the Z and …"); -1 where there is none."""
    before, after = token - 1, token + 1
    while before > 0 and tags[before] == "DT":
        before -= 1
    if words[before] != "," or before == 0 or mention[before - 1] < 0:
        return -1
    while after < len(words) and (words[after] == "," or tags[after] in {"CC", "DT"}):
        after += 1
    follows = after > token + 1 and after < len(words) and mention[after] >= 0
    like = sentence.mentions[mention[before - 1]].cls in _TEXTS_AND_BODIES
    return before - 1 if like and follows else -1
