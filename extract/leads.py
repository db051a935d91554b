"""Give the items of a list the clause that they go on with: "The Security Council, … 1. Condemns …".

A clause that ends with a colon, or a line that only names a body, is read together with each paragraph that goes
on with it, so that the parser sees "The Security Council condemns …". Where no such clause stands above, a paragraph
that begins with the verb of a decision ("5. Commends …") is read as one that "we", who issue the text, say.
Words of the patterns: ``leads.toml``.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from diplograph.extract.parsing import MaskedSentence
from diplograph.extract.records import Document
from diplograph.extract.rule_reading import told_of

__all__ = ["Leads", "load_leads"]

RULE_FILE = "leads.toml"
_ACTORS = frozenset({"Country", "Organization", "Forum", "Event"})
# A longer clause is a sentence of its own rather than the beginning of others (code points).
_LONGEST = 400
# Within so many code points a line that names a body names it ("The Assembly of Heads of State and Government of …").
_FARTHEST = 90
# So many words before the colon may hold "the following".
_NEAR = 6
_BY_EXAMPLE = " such as "
# Whose decision it is where a paragraph leaves that unsaid: they who issue the text.
_UNSAID = "We"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Callable on the sentences of a document: those that go on with an earlier clause come joined to it."""

    mark: re.Pattern[str] = field(repr=False)
    operative: re.Pattern[str] = field(repr=False)
    opening: re.Pattern[str] = field(repr=False)
    verb_line: re.Pattern[str] = field(repr=False)
    examples_of: frozenset[str]
    decision: re.Pattern[str] = field(repr=False)
    decided: re.Pattern[str] = field(repr=False)

    def __call__(self, document: Document, sentences: Sequence[MaskedSentence]) -> list[MaskedSentence]:
        """Give the sentences in order, items with the clause that leads to them; ``lead`` tells how much is borrowed."""
        body: MaskedSentence | None = None
        colon: MaskedSentence | None = None
        block = -1
        joined: list[MaskedSentence] = []
        for sentence, told in zip(sentences, document.sentences, strict=True):
            text = sentence.text
            first = told.block != block
            block = told.block
            if not first:
                joined.append(sentence)
                colon = sentence if _is_open(text) else colon
                continue
            kind = document.blocks[block].kind if document.blocks else ""
            marked = self.mark.match(text)
            bare = text[marked.end() :] if marked else text
            one = sentence
            if colon is not None and (
                marked or kind == "list-item" or bare[:1].islower() or self._goes_on(bare)
            ):
                one = self._join(colon, sentence, marked.end() if marked else 0)
            elif body is not None and self.operative.match(bare):
                one = self._join(body, sentence, marked.end() if marked else 0)
                colon = None
            else:
                colon = None
                if self._is_unsaid(document, bare, listed=bool(marked) or kind == "list-item"):
                    one = self._join(_we(sentence), sentence, marked.end() if marked else 0)
            if self._names_body(sentence):
                body = sentence
            elif body is not None and self.verb_line.match(text):
                colon = self._join(body, sentence, 0)
            elif _is_open(text) and one is sentence:
                colon = sentence
            joined.append(one)
        return joined

    def _is_unsaid(self, document: Document, text: str, *, listed: bool) -> bool:
        """Tell whether a paragraph begins with the verb of a decision and leaves unsaid whose it is.

        Where a state speaks only items of lists do so. What was done ("Reaffirmed …") or is being welcomed
        ("Welcoming …") is the beginning of a longer sentence unless it stands in a list or ends as a preamble does.
        """
        if not listed and document.country:
            return False
        whole = text.rstrip().endswith((",", ";"))
        return bool(self.decision.match(text) or ((listed or whole) and self.decided.match(text)))

    def _goes_on(self, text: str) -> bool:
        return text.startswith("To ")

    def _names_body(self, sentence: MaskedSentence) -> bool:
        """Tell whether a line is only the name of those who act in the paragraphs below ("The Security Council,")."""
        if not self.opening.match(sentence.text) or self.mark.match(sentence.text):
            return False
        named = [m for m in sentence.mentions if m.cls in _ACTORS]
        return bool(named) and not self.operative.match(sentence.text) and sentence.places[0][0] <= _FARTHEST

    def _join(self, lead: MaskedSentence, item: MaskedSentence, start: int) -> MaskedSentence:
        """Put an item, without its mark, behind the clause that leads to it."""
        before = lead.text.rstrip(" :,;–-\n")
        names = bool(item.places) and item.places[0][0] - start <= len("the ")
        by_example = names and not self.examples_of.isdisjoint(before.lower().split()[-_NEAR:])
        glue = _BY_EXAMPLE if by_example else " "
        rest = item.text[start:]
        if not (item.places and item.places[0][0] == start):
            rest = _lowered(rest, item.places[0][0] - start if item.places else len(rest))
        shift = len(before) + len(glue) - start
        origin = lead.starts[len(before) - 1]
        return replace(
            item,
            text=before + glue + rest,
            mentions=(*lead.mentions, *item.mentions),
            places=(*lead.places, *((a + shift, b + shift) for a, b in item.places)),
            starts=(*lead.starts[: len(before)], *[origin] * len(glue), *item.starts[start:]),
            lead=len(before) + len(glue),
        )


def _we(item: MaskedSentence) -> MaskedSentence:
    """Give the clause "We" as if it stood where an item begins."""
    starts = (item.starts[0],) * len(_UNSAID)
    return MaskedSentence(text=_UNSAID, mentions=(), places=(), starts=starts)


def _is_open(text: str) -> bool:
    return text.rstrip().endswith(":") and len(text) <= _LONGEST


def _lowered(text: str, end: int) -> str:
    """Write the words before the first name in lower case, where they are in capitals or begin the text."""
    head, tail = text[:end], text[end:]
    words = head.split(" ")
    for i, word in enumerate(words):
        if i and not word.isupper():
            break
        words[i] = word.lower()
    lowered = " ".join(words)
    return lowered + tail if len(lowered) == len(head) else text


def load_leads(folder: Path) -> Leads:
    """Read ``leads.toml``.

    Raises:
        TableError: The file is not as it should be.
    """
    path = folder / RULE_FILE
    with told_of(path):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return Leads(
            mark=re.compile(data["mark"]),
            operative=re.compile(data["operative"]),
            opening=re.compile(data["opening"], re.DOTALL),
            verb_line=re.compile(data["verb_line"]),
            examples_of=frozenset(data["examples_of"]),
            decision=_beginning(data, [_present(v, data["objects"]) for v in data["decisions"]], 0),
            decided=_beginning(data, [_past(v) for v in data["decisions"]], 1),
        )


def _beginning(data: Mapping[str, Any], forms: Sequence[str], tense: int) -> re.Pattern[str]:
    """Compile what finds one of the verbs, after adverbs, at the beginning of a text."""
    irregular = [told[tense] for told in data["irregular"]]
    return re.compile(rf"{data['adverbs']}(?i:{'|'.join([*forms, *irregular])})(?![\w-])")


def _present(verb: str, objects: str) -> str:
    """Give the pattern of "condemns" or, before an object, "condemn"; a verb may come with its prepositions."""
    lemma, _, behind = verb.partition(" ")
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        third = lemma + "es"
    else:
        third = lemma[:-1] + "ies" if _ends_in_y(lemma) else lemma + "s"
    return rf"(?:{third}|{lemma})\s+(?:{behind})\b" if behind else rf"{third}|{lemma}{objects}"


def _past(verb: str) -> str:
    """Give the pattern of "condemned" and "condemning"."""
    lemma, _, behind = verb.partition(" ")
    stem = lemma.removesuffix("e")
    forms = f"{lemma[:-1]}ied|{lemma}ing" if _ends_in_y(lemma) else f"{stem}ed|{stem}ing"
    return rf"(?:{forms})\s+(?:{behind})\b" if behind else forms


def _ends_in_y(lemma: str) -> bool:
    return lemma.endswith("y") and lemma[-2] not in "aeiou"
