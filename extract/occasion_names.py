"""Say what the name of an occasion tells of itself: its series or body, its place, its parties."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from diplograph.ontology.vocabulary import Entry

__all__ = ["InnerName", "OccasionNames", "Series", "load_occasion_names"]

# A listed name inside a name: entity id, class, the words themselves.
InnerName = tuple[str, str, str]
_BODIES = frozenset({"Forum", "Organization"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What a name says it is a session of: the id of a listed body, the words that name it; either may be empty."""

    entity: str = ""
    label: str = ""
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionNames:
    """Reads names of occasions; words fixed, ``inner_hits`` finds the listed names inside a name."""

    inner_hits: Callable[[str], Sequence[InnerName]]
    entries: Mapping[str, Entry]
    number_first: re.Pattern[str]
    number_last: re.Pattern[str]
    aside: re.Pattern[str]
    sitting: re.Pattern[str]
    assembly: re.Pattern[str]
    yearly: re.Pattern[str]
    in_year: re.Pattern[str]
    of_parent: re.Pattern[str]
    short_bodies: Mapping[str, str]
    within: re.Pattern[str]
    series_name: re.Pattern[str]
    subject: re.Pattern[str]
    unserial: re.Pattern[str]
    about: re.Pattern[str]
    partyless: re.Pattern[str]
    joint_bodies: re.Pattern[str]
    convened: frozenset[str]
    general: frozenset[str]
    wide_bodies: frozenset[str]
    place_kinds: frozenset[str]
    text_of: re.Pattern[str]

    def bare(self, text: str) -> str:
        """Take numbers, years, words of edition and what stands in parentheses off a name."""
        before = ""
        while text != before:
            before = text
            text = self.number_first.sub("", self.number_last.sub("", self.aside.sub("", text))).strip()
        return text

    def series(self, text: str, entity: str) -> tuple[Series, ...]:
        """Give the series and bodies that an occasion is a session of, the surest first.

        Args:
            text: The name as written, folded.
            entity: The id of the occasion; what its entry lists counts beside the name.
        """
        if self.unserial.search(text):
            return ()
        found: dict[str, Series] = {}
        for one in self._told(text, entity):
            if (one.entity or one.label) != entity:
                found.setdefault(one.entity or one.label, one)
        return tuple(found.values())

    def _told(self, text: str, entity: str) -> Iterator[Series]:
        bare = self.bare(text)
        numbered = bare != text
        sitting = self.sitting.search(text)
        listed = self.entries.get(entity)
        if listed and listed.facts.get("series"):
            key = listed.facts["series"]
            label = sitting["body"] if sitting else bare if numbered else ""
            for prefix in ("forum", "organization"):
                if f"{prefix}/{key}" in self.entries:
                    yield Series(
                        entity=f"{prefix}/{key}", label=label, rule="name-series-listed", confidence=0.85
                    )
                    return
        whole, hits = self._hits(bare)
        if numbered and whole and whole[1] in _BODIES:
            yield self._of_parent(whole) or Series(
                entity=whole[0], label=bare, rule="name-series-numbered", confidence=0.9
            )
            return
        gathering = sitting or self.assembly.search(text)
        if gathering:
            body = gathering["body"]
            short = self.short_bodies.get(self.bare(body))
            behind = [hit for hit in self.inner_hits("x " + body) if hit[1] in _BODIES]
            named = self.series_name.match(body)
            longer = named is not None and bool(behind) and len(named["series"]) > len(behind[0][2])
            if behind and body.startswith(behind[0][2]) and not longer:
                yield self._of_parent(behind[0]) or Series(
                    entity=behind[0][0], label=behind[0][2], rule="name-series-of", confidence=0.85
                )
                return
            if short:
                yield Series(entity=short, rule="name-series-of-short", confidence=0.8)
                return
            if named is not None and numbered:  # "Third Meeting of the India-U.S. Working Group in Delhi"
                label = named["series"] + (self.subject.match(body[named.end() :]) or [""])[0]
                yield Series(label=self.bare(label), rule="name-series-of-named", confidence=0.75)
                return
            if " " in body and numbered and sitting:
                yield Series(label=self.bare(body), rule="name-series-of-unlisted", confidence=0.7)
                return
        first = hits[0] if hits and bare.startswith(hits[0][2]) and hits[0][1] in _BODIES else None
        bilateral = any(cls == "Country" and not self._seat(key, seen) for key, cls, seen in hits)
        if first and not bilateral and not bare[len(first[2]) :].startswith("-"):
            wide = first[0] in self.wide_bodies
            if not (wide and numbered):
                yield Series(entity=first[0], label=first[2], rule="name-series-body", confidence=0.85)
            if numbered:
                rule = "name-series-under-body" + ("-wide" if wide else "")
                yield Series(label=bare, rule=rule, confidence=0.75 if wide else 0.4)
            return
        within = self.within.search(bare)
        once = self.bare(self.in_year.sub("", self.yearly.sub("", text)))
        numbered = numbered and self.in_year.sub("", self.yearly.sub("", text)) != once
        if numbered and bare.count(" ") >= 1 and not self._general(bare):
            yield Series(label=bare, rule="name-series-new", confidence=0.8)
        elif within and not self._general(within["series"]):
            yield Series(label=within["series"], rule="name-series-within", confidence=0.6)

    def _of_parent(self, series: InnerName) -> Series | None:
        """Give the body whose summits a listed series is, if its name begins with the body's ("African Union Summit")."""
        entry = self.entries.get(series[0]) if series[1] == "Forum" else None
        parent = entry.facts.get("parent") if entry is not None and self.of_parent.search(series[2]) else None
        name = series[2].partition(" of ")[2] or series[2].rsplit(" ", 1)[0]
        for key, _, seen in self.inner_hits("x " + name) if parent else ():
            if key.split("/", 1)[1] == parent:
                return Series(entity=key, label=seen, rule="name-series-parent", confidence=0.8)
        return None

    def _general(self, text: str) -> bool:
        """Tell whether a name has no word of its own ("Ministerial Meeting")."""
        return all(word in self.general for word in text.replace("-", " ").split(" "))

    def _hits(self, text: str) -> tuple[InnerName | None, Sequence[InnerName]]:
        """Give the listed name that a text is as a whole, if any, and those inside it."""
        hits = self.inner_hits("x " + text)
        if hits and hits[0][2] == text:
            return hits[0], self.inner_hits(text)
        return None, hits

    def _finer(self, text: str, inside: Sequence[InnerName]) -> Iterator[InnerName]:
        """Look into the listed occasions inside a name: the states and bodies of "Japan-ASEAN Summit"."""
        for hit in inside:
            if hit[1] in {"Forum", "Event"} and hit[2] != text:
                yield from self._finer(hit[2], self.inner_hits(hit[2]))
            else:
                yield hit

    def _seat(self, key: str, seen: str) -> Entry | None:
        """Give the city by whose name a state goes ("Tokyo"), or None."""
        state = self.entries.get(key)
        if state and any(form.text == seen and form.kind == "seat" for form in state.forms):
            return self.entries.get(f"place/{seen.lower().replace(' ', '-')}")
        return None

    def places(self, text: str, entity: str) -> tuple[tuple[str, str, str], ...]:
        """Give where an occasion is held, by its name: (entity id, class, rule), in order of place.

        A place in the name of a numbered session belongs to its series ("Tokyo International Conference on
        African Development") and says nothing.
        """
        listed = self.entries.get(entity)
        if listed and listed.facts.get("place"):
            place = self.entries.get(f"place/{listed.facts['place']}")
            names = (place.label, *(f.text for f in place.forms)) if place else ()
            if place and any(re.search(rf"\b{re.escape(n.split(' ')[0])}\b", text) for n in names):
                return ((place.id, place.cls, "name-place-listed"),)
        numbered = self.number_first.match(text) is not None and not text[:4].isdigit()
        found: list[tuple[str, str, str]] = []
        for key, cls, seen in self._hits(text)[1]:
            before = text.split(seen)[0]
            seat = self._seat(key, seen)
            if seat:
                key, cls = seat.id, "Place"
            elif cls == "Country" and before.endswith((" in ", " in the ")) and text.endswith(seen):
                found.append((key, cls, "name-place-in"))
            at_end = before.endswith((" in ", " in the ")) and text.endswith(seen)
            if (
                cls != "Place"
                or (numbered and not at_end)
                or self.about.search(before.removesuffix("the ") if not at_end else "")
            ):
                continue
            entry = self.entries.get(key)
            if entry and entry.facts.get("kind") in self.place_kinds:
                found.append((key, cls, "name-place"))
        return tuple(found)

    def adopter(self, text: str) -> str:
        """Give the numbered meeting that the name of a text holds ("Communiqué of the 27th Arab Summit"), or nothing."""
        told = self.text_of.match(text)
        occasion = told["occasion"] if told else ""
        return "" if self._general(self.bare(occasion)) or self.unserial.search(occasion) else occasion

    def meets(self, text: str) -> bool:
        """Tell whether a name is of something that is attended, unlike a war or an attack."""
        return not (self.partyless.search(text) or self.unserial.search(text))

    def joint_body(self, text: str) -> bool:
        """Tell whether a name is of a commission or the like, of which its parties are members."""
        return self.joint_bodies.search(text) is not None and self.number_first.match(text) is None

    def seats(self, place: str) -> bool:
        """Tell whether meetings are held in a place, by its kind: a state, a city, an island, or one not listed."""
        entry = self.entries.get(place)
        return entry is None or entry.cls != "Place" or entry.facts.get("kind") in self.place_kinds

    def parties(self, text: str, inside: Sequence[InnerName]) -> tuple[tuple[str, str, str], ...]:
        """Give the parties of a bilateral or trilateral name: (entity id, class, rule).

        The rule ``name-with`` says that the other party is the author, who is left unsaid.
        """
        if self.partyless.search(text):
            return ()
        states = [hit for hit in self._finer(text, inside) if hit[1] in {"Country", "Organization"}]
        joined = re.search(r"[\w.]-\s?\w", text) is not None
        if len(states) > 1 and (joined or re.search(r" (?:between|among|and) ", text)):
            return tuple(
                (key, cls, "name-parties")
                for key, cls, seen in states
                if cls == "Country" or re.search(re.escape(seen) + r"-|-\s?" + re.escape(seen), text)
            )
        bare = self.bare(text)
        if len(states) == 1 and re.search(r"\bwith (?:the )?" + re.escape(states[0][2]) + r"$", bare):
            return ((states[0][0], states[0][1], "name-with"),)
        return ()


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _of_body(words: Sequence[str], sitters: Sequence[str]) -> re.Pattern[str]:
    those = rf"(?:(?i:{_any_of(sitters)}) of (?:the )?)?"
    return re.compile(rf"\b(?i:{_any_of(words)}) (?:of|for) (?:the )?{those}(?P<body>[A-Z].*)$")


def load_occasion_names(
    folder: Path, *, inner_hits: Callable[[str], Sequence[InnerName]], entries: Mapping[str, Entry]
) -> OccasionNames:
    """Read ``occasion_names.toml``."""
    data = tomllib.loads((folder / "occasion_names.toml").read_text(encoding="utf-8"))
    unit, tens, months = _any_of(data["units"]), _any_of(data["tens"]), _any_of(data["months"])
    ordinal = rf"\d+ ?(?:st|nd|rd|th)(?:/\d+(?:st|nd|rd|th))?|(?:(?:{tens})-? ?)?(?:{unit})"
    edition = _any_of(data["editions"])
    year = r"(?:19|20)\d\d"
    first = rf"(?i:{ordinal}|{edition})|(?:(?:{months}) )?{year}|{months}|[IVXL]+(?= [A-Z])"
    last = rf"\b[IVXL]+|(?:in )?(?:(?:{months}) )?{year}(?:[-/](?:19|20)?\d\d)?|\d+"
    series, meetings = _any_of(data["series_heads"]), _any_of(data["meeting_heads"])
    return OccasionNames(
        inner_hits=inner_hits,
        entries=entries,
        number_first=re.compile(rf"^(?:{first}),? (?=\S)"),
        number_last=re.compile(rf"[ -]?(?:{last})$"),
        aside=re.compile(r" ?\([^()]*\)"),
        sitting=_of_body(data["sittings"], data["sitters"]),
        assembly=_of_body(data["assemblies"], data["sitters"]),
        yearly=re.compile(rf"^(?i:{_any_of(data['yearly'])}) "),
        in_year=re.compile(rf" (?:in|of|since) (?:(?:{months}) )?{year}$"),
        of_parent=re.compile(rf"\b(?:{_any_of(data['of_parent'])})\b"),
        short_bodies=dict(data["short_bodies"]),
        series_name=re.compile(rf"(?P<series>(?:[^ ]+ )+?(?:{series}))(?= (?:in|on|for|at|with|held)\b|$)"),
        subject=re.compile(r"(?: (?:on|for|with) .+?(?= (?:at|held)\b|$))?"),
        within=re.compile(rf"^(?P<series>.+ (?:{series})) (?:{meetings})$"),
        unserial=re.compile(rf"\b(?:{_any_of(data['unserial'])})\b"),
        about=re.compile(rf"\b(?:{_any_of(data['subject_words'])})\b"),
        partyless=re.compile(rf"(?i)\b(?:{_any_of(data['partyless'])})\b"),
        joint_bodies=re.compile(rf"\b(?:{_any_of(data['joint_bodies'])})(?= (?:on|for|of|in)\b|$)"),
        convened=frozenset(data["convened"]),
        general=frozenset(data["general"]),
        wide_bodies=frozenset(data["wide_bodies"]),
        place_kinds=frozenset(data["place_kinds"]),
        text_of=re.compile(
            rf"^(?:[^ ]+ ){{0,4}}?(?:{_any_of(data['texts'])}) (?:of|from|at|adopted at|adopted by) (?:the )?"
            rf"(?P<occasion>(?:(?i:{ordinal}|{edition})|{year}|[IVXL]+(?= [A-Z])) (?:[^ ]+ ){{0,8}}?"
            rf"(?:{_any_of(data['text_meetings'])})(?: of (?:the )?[A-Z][^ ]*(?: (?:of|and|the|for)| [A-Z][^ ]*)*)?)"
        ),
    )
