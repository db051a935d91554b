"""Recognise persons: a title before a name, or a name followed by its title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from diplograph.extract.titles import Titles
from diplograph.extract.tokens import Token

__all__ = ["PersonName", "find_persons"]

_NAME_PART = re.compile(r"(?:al-|el-|d'|O'|Mc|Mac)?[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]*$")
_INITIAL = re.compile(r"[A-Z]$|(?:[A-Z]\.)+$")
_INITIALS = re.compile(r"(?:[A-Z]\.)+$")
_MOST_PARTS = 5
# Parts of the name of one who is told by the persons named beside.
_FEWEST_IN_LIST, _MOST_IN_LIST = 2, 4
# "Minister for Foreign Affairs and Trade of Papua New Guinea": words between a title and its comma, with those in it.
_LONGEST_COMPLEMENT = 14
_COMPLEMENT = frozenset({"of", "for", "to", "the", "and", "&", ",", "in", "at", "with"})
# What may stand before a name that its title follows.
_PARTING = frozenset({",", ";", ":", "and", "by", "with", "(", "-", '"'})


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A person's name found by a title: token indexes ``[first, last)`` of the name and of the title.

    ``kind`` is the kind of the title: ``office``, ``body`` or ``courtesy``.
    """

    first: int
    last: int
    title_first: int
    title_last: int
    kind: str


def find_persons(tokens: Sequence[Token], titles: Titles, other_names: frozenset[int]) -> list[PersonName]:
    """Give the persons of a sentence in the order of place.

    Args:
        tokens: The tokens of the sentence.
        titles: The titles that announce a name.
        other_names: Indexes of tokens that belong to listed names which are no persons.
    """
    found: list[PersonName] = []
    end, before = 0, ""
    first_words, given_names, plurals = titles.first_words, titles.given_names, titles.plurals
    for at, (text, _, _) in enumerate(tokens):
        opens = (
            text in first_words
            or text in given_names
            or not at
            or before in _PARTING
            or before in plurals
            or (text[0].isupper() and _INITIAL.match(text))
        )
        before = text
        if not opens or at < end:
            continue
        name = (
            _after_title(tokens, at, titles, other_names)
            or _before_title(tokens, at, titles, other_names)
            or _by_given_name(tokens, at, titles, other_names)
            or _by_initials(tokens, at, titles, other_names)
            or (_in_list(tokens, at, titles, other_names, found[-1]) if found else None)
            or _behind_comma(tokens, at, titles, other_names)
            or _sharing_title(tokens, at, titles, other_names)
        )
        if name:
            end = name.last
            if not _of_thing(tokens, name, titles):
                found.append(name)
    return found


def _of_thing(tokens: Sequence[Token], name: PersonName, titles: Titles) -> bool:
    """Tell whether a person's name is but part of that of a room, house or prize."""
    last = [t.text for t in tokens[name.last - 1 : name.last + 1]]
    return name.kind == "given-name" and any(word in titles.things for word in last)


def _after_title(
    tokens: Sequence[Token], at: int, titles: Titles, other_names: frozenset[int]
) -> PersonName | None:
    match = titles.starting_at(tokens, at)
    if match is None:
        return None
    end, kind = match
    start = at
    # "Assistant Secretary of State for African Affairs Molly Phee", "Minister of Trade and Industry …"
    begin = end
    if begin < len(tokens) and tokens[begin].text in {"of", "for", "to"}:
        longer = begin
        while longer < len(tokens) and (
            tokens[longer].text in {"of", "for", "to", "the", "and", ","} or tokens[longer].text[0].isupper()
        ):
            longer += 1
        ends = [s for s in range(longer - 1, begin + 1, -1) if tokens[s - 1].text in titles.title_tails]
        given = [
            _before_initials(tokens, s)
            for s in range(begin + 2, longer)
            if tokens[s].text in titles.given_names and s not in other_names
        ]
        for tail in (*given, *ends):
            second = titles.starting_at(tokens, tail)  # "Envoy for Hostage Affairs Ambassador Carstens"
            split = second[0] if second and second[0] < len(tokens) else tail
            last = _name_end(tokens, split, other_names, titles)
            if last > split + (tail in given):
                return PersonName(first=split, last=last, title_first=start, title_last=split, kind=kind)
        return None
    # stacked titles: "Deputy Prime Minister and Foreign Minister", "President, General"
    while begin < len(tokens):
        step = begin
        if tokens[step].text in {"and", ",", "&"}:
            step += 1
        nxt = titles.starting_at(tokens, step)
        if nxt is None:
            break
        begin = nxt[0]
        if nxt[1] != "courtesy":
            kind = kind if kind != "courtesy" else nxt[1]
    last = _name_end(tokens, _behind_particles(tokens, begin, titles), other_names, titles)
    if last == begin + 1 and _is_surname(tokens, last, titles, other_names):
        last += 1
    if last > begin and tokens[last - 1].text not in titles.particles:
        return PersonName(first=begin, last=last, title_first=start, title_last=begin, kind=kind)
    return None


def _is_surname(tokens: Sequence[Token], at: int, titles: Titles, other_names: frozenset[int]) -> bool:
    """Tell whether a listed name of one word is the surname behind a title and a given name ("Judge Lisa Monaco")."""
    return (
        at in other_names
        and at + 1 not in other_names
        and tokens[at - 1].text in titles.given_names
        and _NAME_PART.match(tokens[at].text) is not None
    )


def _before_initials(tokens: Sequence[Token], first: int) -> int:
    """Give the index where the initials before a given name begin ("C.S. Eliot")."""
    at = first
    while at and _INITIALS.match(tokens[at - 1].text):
        at -= 1
    return at


def _behind_particles(tokens: Sequence[Token], first: int, titles: Titles) -> int:
    """Give the index of the surname proper of a name that begins with particles ("von der Leyen")."""
    at = first
    while at < len(tokens) and tokens[at].text in titles.particles and at - first < 3:
        at += 1
    return at if at > first and at < len(tokens) and tokens[at].text[0].isupper() else first


def _name_end(tokens: Sequence[Token], first: int, other_names: frozenset[int], titles: Titles) -> int:
    """Give the end of the run of name parts that begins at ``first``; ``first`` itself if there is none."""
    at, last, parts = first, first, 0
    while at < len(tokens) and parts < _MOST_PARTS and at not in other_names:
        text = tokens[at].text
        if (_NAME_PART.match(text) or _INITIAL.match(text)) and text not in titles.not_names:
            if _INITIAL.match(text) and at + 1 < len(tokens) and tokens[at + 1].text == ".":
                at += 2
                parts += 1
                continue
            at += 1
            parts += 1
            last = at
            continue
        if (
            text.lower() in titles.particles
            and last > first
            and at + 1 < len(tokens)
            and (tokens[at + 1].text[0].isupper() or tokens[at + 1].text in titles.particles)
        ):
            at += 1
            continue
        break
    return last


def _before_title(
    tokens: Sequence[Token], at: int, titles: Titles, other_names: frozenset[int]
) -> PersonName | None:
    """Match ``Jane Q. Doe, Minister of …`` at the beginning of a sentence or after a separator."""
    if at and tokens[at - 1].text not in _PARTING:
        return None
    last = _name_end(tokens, at, other_names, titles)
    if not 2 <= last - at <= 6 or last >= len(tokens) or tokens[last].text != ",":
        return None
    begin = last + 1
    while begin < len(tokens) and (
        tokens[begin].text in {"the", "then", "former", "its", "our"} or begin in other_names
    ):
        begin += 1
    match = titles.starting_at(tokens, begin)
    if match is None or match[1] == "courtesy":
        return None
    if titles.starting_at(tokens, at):
        return None
    return PersonName(first=at, last=last, title_first=begin, title_last=match[0], kind=match[1])


def _by_given_name(
    tokens: Sequence[Token], at: int, titles: Titles, other_names: frozenset[int]
) -> PersonName | None:
    """Match a known given name with a surname behind it, where nothing capitalised stands before."""
    if tokens[at].text not in titles.given_names or at in other_names:
        return None
    before = tokens[at - 1].text if at else ""
    if (
        before[:1].isupper()
        and titles.ending_at(tokens, at) is None
        and before not in titles.callings
        and not (at - 1 in other_names and before.endswith("ns"))  # "the Canadians Ada Lowe and …"
    ):
        return None
    last = _name_end(tokens, at, other_names, titles)
    if not 2 <= last - at <= 4 or (last < len(tokens) and last in other_names):
        return None
    return PersonName(first=at, last=last, title_first=at, title_last=at, kind="given-name")


def _by_initials(
    tokens: Sequence[Token], at: int, titles: Titles, other_names: frozenset[int]
) -> PersonName | None:
    """Match initials with a surname behind them, where small letters stand before ("headed by B. Kouchner")."""
    if not at or not tokens[at - 1].text.islower() or at in other_names:
        return None
    first = at
    while at < len(tokens) and _INITIAL.match(tokens[at].text) and at not in other_names:
        dotted = tokens[at].text.endswith(".")
        at += 1
        if not dotted:
            if at >= len(tokens) or tokens[at].text != "." or tokens[at].start != tokens[at - 1].end:
                return None
            at += 1
    if at == first or at >= len(tokens) or not tokens[at].text[1:].islower():
        return None
    last = _name_end(tokens, at, other_names, titles)
    if not 1 <= last - at <= 2 or titles.starting_at(tokens, at):
        return None
    return PersonName(first=first, last=last, title_first=first, title_last=first, kind="given-name")


def _in_list(
    tokens: Sequence[Token], at: int, titles: Titles, other_names: frozenset[int], before: PersonName
) -> PersonName | None:
    """Match a full name that a comma or "and" joins to a person named in full ("Ada Lowe, Zuri Temba and …")."""
    if before.last - before.first < _FEWEST_IN_LIST or at in other_names:
        return None
    joint = [t.text for t in tokens[before.last : at]]
    if joint and joint[0] in {"of", "from", "("}:  # "Ada Lowe of Tonga and Zuri Temba"
        within = [i for i in range(before.last, at) if i in other_names]
        joint = joint[within[-1] - before.last + 1 :] if within else joint
        joint = joint[1:] if joint[:1] == [")"] else joint
    if joint not in ([","], ["and"], [",", "and"], [";"], [";", "and"]):
        return None
    last = _full_name(tokens, at, titles, other_names)
    if not last or (
        last < len(tokens) and tokens[last].text == "of" and not _of_other(tokens, last, other_names)
    ):
        return None
    return PersonName(first=at, last=last, title_first=at, title_last=at, kind="given-name")


def _behind_comma(
    tokens: Sequence[Token], at: int, titles: Titles, other_names: frozenset[int]
) -> PersonName | None:
    """Match the full name behind a title with its complement: "the Minister of Finance of Fiji, Ratu Temo Lal,"."""
    if at < _FEWEST_IN_LIST or tokens[at - 1].text != "," or at in other_names:
        return None
    last = _full_name(tokens, at, titles, other_names)
    if not last:
        return None
    if tokens[at - 2].text in titles.plain_nouns:  # "its leader, Masood Azhar,"
        return PersonName(first=at, last=last, title_first=at, title_last=at, kind="given-name")
    for first in range(at - 2, max(-1, at - _LONGEST_COMPLEMENT), -1):
        word = tokens[first].text
        match = titles.starting_at(tokens, first)
        if match and match[1] != "courtesy" and match[0] < at:
            if match[0] < at - 1 and tokens[match[0]].text not in {"of", "for", "to"}:
                return None
            return PersonName(first=at, last=last, title_first=first, title_last=at - 1, kind=match[1])
        if not (word[0].isupper() or word in _COMPLEMENT or first in other_names):
            return None
    return None


def _sharing_title(
    tokens: Sequence[Token], at: int, titles: Titles, other_names: frozenset[int]
) -> PersonName | None:
    """Match the first of those behind a title in the plural: "Prime Ministers Ada Lowe of Tonga and Zuri Temba"."""
    if not at or tokens[at - 1].text not in titles.plurals or at in other_names:
        return None
    last = _full_name(tokens, at, titles, other_names)
    if not last or last >= len(tokens) or tokens[last].text not in {"of", "(", "and", ","}:
        return None
    return PersonName(first=at, last=last, title_first=at - 1, title_last=at, kind="given-name")


def _of_other(tokens: Sequence[Token], at: int, other_names: frozenset[int]) -> bool:
    """Tell whether "of" at a token brings another name ("of Tonga", "of the Cook Islands")."""
    return not other_names.isdisjoint(range(at + 1, min(at + 3, len(tokens))))


def _full_name(tokens: Sequence[Token], at: int, titles: Titles, other_names: frozenset[int]) -> int:
    """Give the end of a name of two words and more that begins at a token and looks like no other thing; 0 if none."""
    last = _name_end(tokens, at, other_names, titles)
    if not _FEWEST_IN_LIST <= last - at <= _MOST_IN_LIST or titles.starting_at(tokens, at):
        return 0
    if titles.ending_at(tokens, last):  # "X, Executive Chairman of"
        return 0
    words = [t.text for t in tokens[at:last]]
    if any(not w[1:].islower() and not _INITIAL.match(w) for w in words) or not titles.title_tails.isdisjoint(
        words
    ):
        return 0
    if last < len(tokens) and (last in other_names or tokens[last].text in {"for", "on", "'s"}):
        return 0
    return last
