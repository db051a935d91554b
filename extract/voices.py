"""Say who speaks in each block: the author, a speaker of a record, those whom a quotation quotes, nobody."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from diplograph.extract.records import Document, Mention, Span
from diplograph.extract.rule_reading import told_of
from diplograph.extract.scene import Participant
from diplograph.extract.structure_rules import matching_turn
from diplograph.ontology.errors import TableError

__all__ = ["Voice", "Voices", "load_voices"]

RULE_FILE = "voices.toml"
FEWEST_PARTIES = 2
MOST_QUOTED = 0.5  # of a document's text; a statement that is printed in quotation marks has more
# Whose words stand in such blocks is not known.
QUOTED_KINDS = frozenset({"quotation"})
# Read by itself: what the body said last is not what a note means, nor the other way round.
ASIDE_KINDS = frozenset({"footnote"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks in a block.

    ``document`` is the document with the state of the speaker as its country; ``turn`` counts the speakers, so
    that a new one begins with a new number; ``aside`` tells a block that is read by itself; ``parties`` are
    those whom "the Parties" of a treaty means.
    """

    document: Document
    turn: int = 0
    aside: bool = False
    parties: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Callable that reads the voices of a document; patterns fixed."""

    parties: re.Pattern[str] = field(repr=False)
    pointing: re.Pattern[str] = field(repr=False)

    def __call__(self, document: Document, mentions: Sequence[Mention]) -> tuple[Voice, ...]:
        """Give the voice of each block.

        A record is one where at least one speaker comes with a state: there, a speaker without one speaks for
        the state that was told with the same name before, or for none. Elsewhere the author speaks throughout.
        """
        states: dict[str, str] = {}
        as_of: dict[str, Document] = {document.country: document}
        voices: list[Voice] = []
        country, turn = document.country, 0
        quoted = _quoting(document)
        parties: tuple[Participant, ...] = ()
        for block in document.blocks:
            words = document.text[block.span.start : block.span.end]
            if turned := matching_turn(words):
                match = turned[1]
                told = match.groupdict()
                name = " ".join((told.get("name") or "").split())
                if told.get("state"):
                    begin = block.span.start + match.start("state")
                    found = _states(mentions, Span(begin, block.span.start + match.end("state")))
                    if found:
                        states[name] = found
                if states:
                    country, turn = states.get(name, ""), turn + 1
            if self.parties.search(words):
                named = _parties(mentions, block.span)
                parties = named if len(named) >= FEWEST_PARTIES else parties
            own = "" if quoted and block.kind in QUOTED_KINDS else country
            if own not in as_of:
                as_of[own] = replace(document, country=own, publisher="")
            voices.append(
                Voice(document=as_of[own], turn=turn, aside=block.kind in ASIDE_KINDS, parties=parties)
            )
        return tuple(voices)

    def silent(self, sentence: str) -> bool:
        """Tell whether a sentence does no more than point elsewhere ("See also …") or name a speaker."""
        turned = matching_turn(f"{sentence} ")
        label = turned is not None and turned[0].label and turned[1].end() > len(sentence)
        return label or self.pointing.match(sentence) is not None


def _quoting(document: Document) -> bool:
    """Tell whether quotations are told apart from a text around them: one all in quotation marks is the author's."""
    lengths = Counter(dict.fromkeys(QUOTED_KINDS, 0))
    for block in document.blocks:
        lengths[block.kind] += block.span.end - block.span.start
    return sum(lengths[kind] for kind in QUOTED_KINDS) < MOST_QUOTED * sum(lengths.values())


def _states(mentions: Sequence[Mention], span: Span) -> str:
    """Give the code of the one state named in a span."""
    found = {m.entity for m in mentions if m.cls == "Country" and span.covers(m.span)}
    return next(iter(found)).removeprefix("country/") if len(found) == 1 else ""


def _parties(mentions: Sequence[Mention], span: Span) -> tuple[Participant, ...]:
    named = {
        m.entity: m.cls for m in mentions if m.cls in ("Country", "Organization") and span.covers(m.span)
    }
    return tuple(Participant(entity=key, cls=cls, token=-1, how="party") for key, cls in named.items())


def load_voices(folder: Path) -> Voices:
    """Read ``voices.toml``.

    Raises:
        TableError: A pattern is none.
    """
    path = folder / RULE_FILE
    with told_of(path):
        return _read(path)


def _read(path: Path) -> Voices:
    """Read the file itself."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))

    def compiled(row: str, table: Mapping[str, str]) -> re.Pattern[str]:
        try:
            return re.compile(table["pattern"])
        except re.error as error:
            raise TableError(path, row, f"is no pattern ({error})", "correct the pattern") from error

    return Voices(
        parties=compiled("parties", data["parties"]),
        pointing=compiled("pointing", data["pointing"]),
    )
