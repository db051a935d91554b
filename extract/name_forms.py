"""Recognise names by their form: a run of capitalised words with a head noun that tells the class."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from diplograph.extract.tokens import Token

__all__ = ["FormName", "Head", "NameGrammar"]

# Tokens of the longest head that is looked for.
_LONGEST_HEAD = 4
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?$")
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9+-]*[A-Z0-9+][a-z]?$")
# Names of more tokens than this are titles of documents at best, runaway headings at worst.
_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a head noun says about its name."""

    id: str
    cls: str
    dated: str
    connectors: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormName:
    """A name found by its form: token indexes ``[first, last)``, class, the rule, whether one dated occasion."""

    first: int
    last: int
    cls: str
    rule: str
    dated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameGrammar:
    """Heads by their words and the word lists of the grammar; settings only."""

    heads: Mapping[tuple[str, ...], Head]
    pair_heads: Mapping[tuple[str, ...], str]
    sittings: Mapping[tuple[str, ...], str]
    not_first: frozenset[str]
    first_if_titled: frozenset[str]
    joined_by_the: frozenset[str]
    met_persons: frozenset[str]
    ordinals: frozenset[str]
    sitting_words: frozenset[str]
    months: frozenset[str]
    owned_heads: Mapping[str, Mapping[tuple[str, ...], str]] = field(default_factory=dict)
    owned_between: frozenset[str] = frozenset()
    particular: frozenset[str] = frozenset()
    owners_apart: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    ranks: frozenset[str] = frozenset()
    sitting_bodies: frozenset[str] = frozenset()
    paired_bodies: frozenset[str] = frozenset()
    sited: frozenset[str] = frozenset()
    participles: frozenset[str] = frozenset()

    def find(
        self,
        tokens: Sequence[Token],
        solid: Mapping[int, int],
        states: frozenset[int],
        stops: frozenset[int],
        owners: Mapping[int, str] = MappingProxyType({}),
        *,
        headline: bool = False,
    ) -> list[FormName]:
        """Give the names in order of place.

        Args:
            tokens: The tokens of one sentence.
            solid: Token index -> end index of a listed name that begins there; its inside is never cut.
            states: Indexes of tokens that are, or begin with, the name or demonym of a state.
            stops: Indexes of tokens where a person's title or name begins: no name runs into these.
            owners: Token index -> what kind of owner the listed name there is (``city``, ``state``, ``body``).
            headline: Whether the sentence is a heading in Title Case, where only pairs of states, numbers
                and years begin a name.
        """
        names: list[FormName] = []
        cities = frozenset(i for i, owner in owners.items() if owner == "city")
        end = 0
        for at, (text, _, _) in enumerate(tokens):
            if at < end:
                continue
            if text.islower() and text.isalpha() and text not in self.ordinals:
                end = solid.get(at, 0)  # most words: they begin no name
                continue
            if headline and not self._stands_out(tokens, at, states):
                end = max(end, solid.get(at, 0))
                continue
            found = self._name_at(tokens, at, solid, states, stops, cities)
            if at in owners and at in solid and (found is None or found.last <= solid[at]):
                found = self._owned(tokens, at, solid, owners) or found
            if found is None:
                end = solid.get(at, 0)
                continue
            names.append(found)
            end = found.last
        return names

    def _stands_out(self, tokens: Sequence[Token], at: int, states: frozenset[int]) -> bool:
        """Tell whether a name may begin in a heading: a pair of states, an ordinal or a year before a capital."""
        text = tokens[at].text
        if at in states:
            return _joins_states(tokens, at, states)
        numbered = _ORDINAL.match(text) or _YEARS.match(text) or text.lower() in self.ordinals
        return bool(numbered) and at + 1 < len(tokens) and tokens[at + 1].text[0].isupper()

    def _name_at(
        self,
        tokens: Sequence[Token],
        first: int,
        solid: Mapping[int, int],
        states: frozenset[int],
        stops: frozenset[int],
        cities: frozenset[int],
    ) -> FormName | None:
        token = tokens[first]
        if first in stops:
            return None
        if "-" in token.text and token.text.rpartition("-")[2] in self.participles:
            return None  # "the EU-funded Reef Initiative" is the Reef Initiative
        if not self._opens(tokens, first):
            return self._lower_name(tokens, first, solid, states, cities)
        if token.text in self.not_first and not (
            token.text in self.first_if_titled
            and first + 1 < len(tokens)
            and tokens[first + 1].text[0].isupper()
        ):
            return None
        if (
            first > 1
            and first in states
            and first in solid
            and tokens[first - 1].text == ","
            and first - 2 in states
        ):
            return None  # the last of a list of states begins no name
        head_end, head = self._stem(tokens, first, solid, states, stops)
        if head is None:
            return self._lower_name(tokens, first, solid, states, cities)
        size = len_of(head, tokens, head_end, self.heads)
        if head_end - first == size and not self._carries_on(tokens, head_end, head):
            return None  # the bare head ("the Convention") is no name
        if token.text in self.ranks and head.cls == "Organization" and head_end - first == size + 1:
            return None
        carrier = head
        if solid.get(first) == head_end:  # a listed name is whole: only "of" carries it on
            carrier = _only_of(head)
        if solid.get(first, first) > head_end and not self._carries_on(tokens, solid[first], _only_of(head)):
            return None  # the listed name goes beyond the head ("Department of State on …")
        last = self._tail(tokens, head_end, carrier, solid, states, stops, cities)
        dated = self._is_dated(tokens, first, last)
        cls = head.dated if dated and head.dated else head.cls
        if (
            dated
            and head.id == "organ"
            and _ORDINAL.match(token.text)
            and tokens[head_end - 1].text in self.sitting_bodies
            and (last > head_end or (first + 1 in states and "-" in tokens[first + 1].text))
        ):
            cls = "Event"  # "the 14th Peru-Chile Commission", "the 25th Commission on Crime Prevention"
        elif (
            head.id == "organ"
            and first in states
            and _joins_states(tokens, first, states)
            and tokens[head_end - 1].text in self.paired_bodies
        ):
            cls = "Event" if dated else "Forum"  # "the Peru-Chile Ports Commission"
        if cls == "Agreement" and _YEAR.match(token.text) and last - first > size + 1:
            first += 1  # "the 1991 Seoul Declaration", but "the 1951 Convention"
        return FormName(first=first, last=last, cls=cls, rule=f"form:{head.id}", dated=dated)

    def _owned(
        self, tokens: Sequence[Token], first: int, solid: Mapping[int, int], owners: Mapping[int, str]
    ) -> FormName | None:
        """Find a lower-case head behind the city, state or body that it belongs to ("the Geneva talks")."""
        if first and tokens[first - 1].text == "/":
            return None
        owner, end = owners[first], solid[first]
        particular = first > 0 and tokens[first - 1].text.lower() in self.particular
        if not particular and owner != "city":
            return None
        while owner in {"city", "place"} and owners.get(end) == "body" and end in solid:
            owner, end = "body", solid[end]  # "the Istanbul OSCE summit"
        heads = self.owned_heads.get(owner, {})
        for between in range(3):
            if (
                between
                and tokens[end + between - 1 : end + between]
                and (tokens[end + between - 1].text not in self.owned_between)
            ):
                return None
            for size in (3, 2, 1):
                words = tuple(t.text for t in tokens[end + between : end + between + size])
                cls = heads.get(words)
                if cls:
                    last = end + between + len(words)
                    return FormName(first=first, last=last, cls=cls, rule=f"form:of-{owner}")
        return None

    def _opens(self, tokens: Sequence[Token], at: int) -> bool:
        text = tokens[at].text
        if text[0].isupper():
            return True
        if _YEAR.match(text) and at and self._ends_date(tokens, at):
            return False  # "the June 29-30, 2022 NATO Summit"
        counted = text.lower() in self.ordinals and text.lower() not in self.sitting_words
        return bool(
            _ORDINAL.match(text) or _YEARS.match(text) or counted or _spelled(text, self.ordinals)
        ) and (at + 1 < len(tokens) and tokens[at + 1].text[0].isupper())

    def _ends_date(self, tokens: Sequence[Token], at: int) -> bool:
        """Tell whether the year at ``at`` is the end of a date with a month."""
        before = tokens[at - 1].text
        return before in self.months or (before == "," and at > 2 and tokens[at - 3].text in self.months)

    def _stem(
        self,
        tokens: Sequence[Token],
        first: int,
        solid: Mapping[int, int],
        states: frozenset[int],
        stops: frozenset[int],
    ) -> tuple[int, Head | None]:
        """Extend to the end of the part before the first preposition; give its end and its head."""
        at, best, best_end = first, None, first
        while at < len(tokens) and at - first < _LONGEST:
            if at in stops and at > first:
                break
            text = tokens[at].text
            if at in solid and solid[at] - at > 1 and (at > first or self._is_headed(tokens, solid[at])):
                # a listed name of several words inside, or before a head ("Horn of Africa Conference"): swallow it whole
                head = self._head_ending(tokens, first, solid[at])
                at = solid[at]
                if head:
                    best, best_end = head, at
                continue
            if text[0].isupper() or text[0].isdigit() or (at == first):
                at += 1
                head = self._head_ending(tokens, first, at)
                if head:
                    best, best_end = head, at
                continue
            whole = self.heads.get(tuple(t.text for t in tokens[at - 1 : at + 2]))
            if whole is not None and at > first:  # "the Johannesburg Plan of Action"
                at += 2
                best, best_end = whole, at
                continue
            if (
                text == "("
                and at + 2 < len(tokens)
                and _ACRONYM.match(tokens[at + 1].text)
                and tokens[at + 2].text == ")"
            ):
                if at + 3 < len(tokens) and tokens[at + 3].text[0].isupper():
                    at += 3
                    continue
                break
            if (
                text in {"and", "&"}
                and best is None
                and at + 1 < len(tokens)
                and tokens[at + 1].text[0].isupper()
            ):
                if (first in solid and solid[first] == at) or (first in states and at + 1 in states):
                    break
                at += 1
                continue
            if text == "-" and self._paired(tokens, at, solid):
                at += 1
                continue
            if (
                text == "'s"
                and at + 1 < len(tokens)
                and tokens[at + 1].text[0].isupper()
                and tokens[at - 1].text not in self.owners_apart
                and not (first in solid and solid[first] == at)
            ):
                at += 1
                continue
            break
        return best_end, best

    def _paired(self, tokens: Sequence[Token], at: int, solid: Mapping[int, int]) -> bool:
        """Tell whether a dash joins two listed names before the head of an occasion ("European Union - Peru Summit")."""
        return at - 1 >= 0 and at + 1 in solid and self._is_headed(tokens, solid[at + 1])

    def _is_headed(self, tokens: Sequence[Token], at: int) -> bool:
        """Tell whether the word at ``at`` is the head of an occasion."""
        head = self.heads.get((tokens[at].text,)) if at < len(tokens) else None
        return head is not None and head.cls == "Event"

    def _head_ending(self, tokens: Sequence[Token], first: int, end: int) -> Head | None:
        words = tuple([t.text for t in tokens[max(first, end - _LONGEST_HEAD) : end]])
        for begin in range(len(words)):  # the longest first
            head = self.heads.get(words[begin:])
            if head:
                return head
        return None

    def _carries_on(self, tokens: Sequence[Token], end: int, head: Head) -> bool:
        return self._connector(tokens, end, head) is not None

    def _connector(self, tokens: Sequence[Token], at: int, head: Head) -> int | None:
        """Give the index of the capitalised token that a connector at ``at`` leads to."""
        texts = [t.text for t in tokens[at : at + 2]]
        for size in (2, 1):
            words = " ".join(texts[:size])
            if words.lower() in head.connectors:
                after = at + size
                if words == "with" and after < len(tokens) and tokens[after].text in self.met_persons:
                    return None  # "the Summit with Prime Minister A"
                while after < len(tokens) and tokens[after].text in {"the", "The", "a", "an", '"'}:
                    after += 1
                if after < len(tokens) and self._goes_on(tokens, after):
                    return after
        return None

    def _goes_on(self, tokens: Sequence[Token], at: int) -> bool:
        """Tell whether a name may go on with the token at ``at``: a capital, or an ordinal before one."""
        text = tokens[at].text
        if _ORDINAL.match(text):
            return at + 1 < len(tokens) and tokens[at + 1].text[0].isupper()
        return text[0].isupper() and text not in self.months

    def _tail(
        self,
        tokens: Sequence[Token],
        end: int,
        head: Head,
        solid: Mapping[int, int],
        states: frozenset[int],
        stops: frozenset[int],
        cities: frozenset[int] = frozenset(),
    ) -> int:
        """Carry the name on over its prepositional parts; give its end."""
        if (
            end + 2 < len(tokens)
            and tokens[end].text == "("
            and _ACRONYM.match(tokens[end + 1].text)
            and tokens[end + 2].text == ")"
            and self._connector(tokens, end + 3, head) is not None
            and (
                (
                    tokens[end + 3].text.lower() in {"on", "for", "of", "with"}
                    and head.cls in {"Forum", "Event"}
                )
                or (tokens[end + 3].text == "between" and head.cls == "Agreement")
            )
        ):
            end += 3
        if head.cls in {"Forum", "Event"}:
            end = self._between(tokens, end, solid, states)
        inner = head
        while (start := self._connector(tokens, end, inner)) is not None and end < len(tokens):
            word = tokens[end].text.lower()
            if word == "and" and not (
                head.cls == "Agreement"
                and "between" in (t.text.lower() for t in tokens[max(0, end - 12) : end])
            ):
                break
            if (
                word in {"with", "to", "in", "from", "by"}
                and start in states
                and head.cls in {"Organization", "Policy"}
            ):
                break
            if word in {"by", "from"} and start in states:
                break  # "the Protocol by China"
            if word in {"in", "at"} and tokens[end - 1].text in self.sited and start in solid:
                break  # "the Training Facility in Savoy"
            if word in {"in", "at"} and start in cities and head.cls != "Organization":
                break  # "the Joint Declaration on Trade in Lima" was signed there
            end = self._capital_run(tokens, start, solid, states, stops)
            if head.cls == "Agreement":
                continue
            inner = Head(
                id=head.id,
                cls=head.cls,
                dated=head.dated,
                connectors=head.connectors | {"of", "for", "to", "in", "on", "against"},
            )
        if head.cls == "Policy" and end + 1 < len(tokens) and tokens[end].text == "of":
            end += 2 * bool(_YEAR.match(tokens[end + 1].text))  # "the Trade Act of 1974"
        return end

    def _between(
        self, tokens: Sequence[Token], end: int, solid: Mapping[int, int], states: frozenset[int]
    ) -> int:
        """Give the end of ``between A and B`` behind a name, of two states; ``end`` if there is none."""
        at = end
        for word in ("between", "and"):
            if at >= len(tokens) or tokens[at].text != word:
                return end
            at += 1
            at += at < len(tokens) and tokens[at].text == "the"
            if at not in states or at not in solid:
                return end
            at = solid[at]
        return at

    def _capital_run(
        self,
        tokens: Sequence[Token],
        at: int,
        solid: Mapping[int, int],
        states: frozenset[int],
        stops: frozenset[int],
    ) -> int:
        """Give the end of a run of capitalised words that may hold ``and`` and a serial comma."""
        first = last = at
        while at < len(tokens):
            if at in stops and at > first:
                break
            if at in solid:
                at = solid[at]
                last = at
                continue
            text = tokens[at].text
            follows = tokens[at + 1].text if at + 1 < len(tokens) else ""
            counts = text[0].isdigit() and last == at and (bool(_YEARS.match(text)) or not follows.islower())
            if text[0].isupper() or counts or (at == first and _ORDINAL.match(text)):
                at += 1
                last = at
                if text.endswith("'") and at - first > 1 and self._begins_body(tokens, at):
                    break  # "the Bureau of Ports and Harbours' Office of Pilots"
                continue
            if (
                text in {"and", "or", "&"}
                and follows[:1].isupper()
                and follows not in self.offices
                and (
                    (at + 1 not in states and at + 1 not in solid)
                    or self._qualifies(tokens, solid.get(at + 1, at + 2), solid, states, stops)
                )
            ):
                at += 1
                continue
            if (
                text == "and"
                and follows == "the"
                and at + 2 < len(tokens)
                and tokens[at + 2].text in self.joined_by_the
            ):
                at += 2
                continue
            if (text == "'s" and follows[:1].isupper()) or (text == "-" and self._paired(tokens, at, solid)):
                at += 1
                continue
            if text == "the" and at == first + 1 and tokens[first - 1].text == "to" and follows[:1].isupper():
                at += 1  # "the Declaration of Commitment to Protect the Harbours"
                continue
            if text == "," and follows[:1].isupper() and self._serial(tokens, at, solid, states):
                at += 1
                continue
            if text == "," and follows == "and" and last < at + 1 and self._serial(tokens, at, solid, states):
                at += 2
                continue
            break
        return last

    def _begins_body(self, tokens: Sequence[Token], at: int) -> bool:
        """Tell whether the word at ``at`` is the head of a body ("Office of …"), or the run ends there."""
        if at >= len(tokens) or not tokens[at].text[0].isupper():
            return True
        head = self.heads.get((tokens[at].text,))
        return head is not None and head.cls == "Organization"

    def _qualifies(
        self,
        tokens: Sequence[Token],
        end: int,
        solid: Mapping[int, int],
        states: frozenset[int],
        stops: frozenset[int],
    ) -> bool:
        """Tell whether a listed name that ends at ``end`` stands before a capital ("Arab and African Coastal States")."""
        return (
            end < len(tokens)
            and tokens[end].text[0].isupper()
            and tokens[end].text.isalpha()
            and end not in solid
            and end not in states
            and end not in stops
        )

    def _serial(
        self, tokens: Sequence[Token], at: int, solid: Mapping[int, int], states: frozenset[int]
    ) -> bool:
        """Tell whether the comma at ``at`` belongs to ``X, Y(,) and Z`` inside one name."""
        look = at + 1
        words = 0
        while look < len(tokens) and words < 6:
            text = tokens[look].text
            if look in states or look in solid:
                return False
            if text == "and":
                return (
                    look + 1 < len(tokens)
                    and tokens[look + 1].text[0].isupper()
                    and look + 1 not in states
                    and look + 1 not in solid
                )
            if not (text[0].isupper() or text == ","):
                return False
            look += 1
            words += 1
        return False

    def _is_dated(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        head = tokens[first].text
        if (
            _ORDINAL.match(head)
            or _YEAR.match(head)
            or head.lower() in self.ordinals
            or _spelled(head, self.ordinals)
        ):
            return True
        if last + 1 < len(tokens) and tokens[last].text == "(" and tokens[last + 1].text in self.months:
            return True
        return bool(_YEAR.match(tokens[last - 1].text))

    def _lower_name(
        self,
        tokens: Sequence[Token],
        first: int,
        solid: Mapping[int, int],
        states: frozenset[int],
        cities: frozenset[int],
    ) -> FormName | None:
        """Find a name whose head is in lower case: a pair of states with a head, or a numbered sitting."""
        text = tokens[first].text
        if first in states and "-" in text:
            for gap in (0, 1, 2, 3):
                for size in (3, 2, 1):
                    begin = first + 1 + gap
                    cls = self.pair_heads.get(tuple(t.text.lower() for t in tokens[begin : begin + size]))
                    if (
                        cls
                        and len(tokens[begin : begin + size]) == size
                        and all(t.text[0].isalpha() for t in tokens[first + 1 : begin])
                    ):
                        return FormName(first=first, last=begin + size, cls=cls, rule="form:pair")
        if _YEAR.match(text) and not (first and self._ends_date(tokens, first)):
            cls = self.sittings.get((tokens[first + 1].text.lower(),)) if first + 1 < len(tokens) else None
            if cls and (first == 0 or tokens[first - 1].text.lower() not in {"of", "in", "since", "by"}):
                return FormName(first=first, last=first + 2, cls=cls, rule="form:year-sitting", dated=True)
        if text.lower() in self.ordinals or _ORDINAL.match(text) or _spelled(text, self.ordinals):
            for size in (3, 2, 1):
                end = first + 1 + size
                cls = self.sittings.get(tuple(t.text.lower() for t in tokens[first + 1 : end]))
                if cls is None or end >= len(tokens) or tokens[end].text != "of":
                    continue
                head = Head(id="sitting", cls=cls, dated=cls, connectors=frozenset({"of"}))
                if self._connector(tokens, end, head) is None:
                    continue
                last = self._tail(tokens, end, head, solid, states, frozenset(), cities)
                if "-" in tokens[last - 1].text:  # "the fifth round of the Peru-Chile joint working group"
                    sizes = (s for s in (3, 2, 1) if self._pairs(tokens, last, s))
                    last += next(sizes, 0)
                return FormName(first=first, last=last, cls=cls, rule="form:sitting", dated=True)
        return None

    def _pairs(self, tokens: Sequence[Token], at: int, size: int) -> bool:
        """Tell whether ``size`` words from ``at`` on are a lower-case head behind a pair of states."""
        return tuple(t.text.lower() for t in tokens[at : at + size]) in self.pair_heads


def _only_of(head: Head) -> Head:
    return Head(id=head.id, cls=head.cls, dated=head.dated, connectors=head.connectors & {"of"})


def len_of(head: Head, tokens: Sequence[Token], end: int, heads: Mapping[tuple[str, ...], Head]) -> int:
    """Give the number of tokens of the head that ends at ``end``."""
    for size in (4, 3, 2, 1):
        if end - size >= 0 and heads.get(tuple(t.text for t in tokens[end - size : end])) is head:
            return size
    return 1


def _joins_states(tokens: Sequence[Token], at: int, states: frozenset[int]) -> bool:
    """Tell whether a state named at ``at`` is joined to another one by a hyphen ("Peru-Chile", "North Macedonia-Chile")."""
    return "-" in tokens[at].text or (at + 1 in states and "-" in tokens[at + 1].text)


def _spelled(text: str, ordinals: frozenset[str]) -> bool:
    """Tell whether a word is a compound ordinal (``twenty-first``)."""
    return "-" in text and text.lower().rsplit("-", 1)[1] in ordinals
