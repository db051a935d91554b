"""Give the items of a list the clause that they go on with: "The Security Council, … 1. Condemns …".

A clause that ends with a colon, or a line that only names a body, is read together with each paragraph that goes
on with it, so that the parser sees "The Security Council condemns …". Words of the patterns: ``leads.toml``.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Callable on the sentences of a document: those that go on with an earlier clause come joined to it."""

    mark: re.Pattern[str] = field(repr=False)
    operative: re.Pattern[str] = field(repr=False)
    opening: re.Pattern[str] = field(repr=False)
    verb_line: re.Pattern[str] = field(repr=False)
    examples_of: frozenset[str]

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
            if self._names_body(sentence):
                body = sentence
            elif body is not None and self.verb_line.match(text):
                colon = self._join(body, sentence, 0)
            elif _is_open(text) and one is sentence:
                colon = sentence
            joined.append(one)
        return joined

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
        )
