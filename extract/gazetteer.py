"""Find the names that the vocabulary lists: one Aho-Corasick pass, then boundaries and case."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick
from diplograph.extract.folding import Folded, folded_text, lower_of
from diplograph.ontology.vocabulary import Entry, Vocabulary

__all__ = ["Candidate", "Gazetteer", "Hit", "build_gazetteer"]

# Words of a title whose case varies between publishers.
_CONNECTIVES = frozenset(
    [
        "a",
        "an",
        "and",
        "against",
        "among",
        "at",
        "between",
        "by",
        "concerning",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
    ]
)


# Classes whose long titles some writers put in small letters, and the words that make a title long.
_HALF_CAPITALISED = frozenset({"Agreement", "Event", "Forum", "Organization", "Programme"})
_TELLING_WORDS = 3
_TELLING_LETTERS = 3
# Spellings remembered at most, over all documents.
_MOST_SPELLINGS = 50_000
_ARTICLE = re.compile(r"^(?:the|The|a|an|An) ")
_ABBREVIATION_GOES_ON = re.compile(r"(?:(?<!\.)\.|(?<=\.))[^\W_]\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a form may mean: an entry by one of its forms."""

    entity: str
    cls: str
    kind: str
    weak: bool
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A listed form found in a folded text, ``text[start:end]``, with all it may mean (sorted by id)."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


def _ends_longer_name(hit: Hit, text: str) -> bool:
    """Tell whether a surname is the second half of one with a hyphen: "Mbeki" in "Doe-Mbeki"."""
    before = hit.start - 1
    return (
        before > 0
        and text[before] == "-"
        and text[before - 1].isalpha()
        and all(c.cls == "Person" for c in hit.candidates)
    )


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Callable that finds all listed forms in a folded text, overlapping ones included."""

    automaton: AhoCorasick
    keys: tuple[str, ...]
    forms: Mapping[str, tuple[tuple[str, Candidate], ...]]
    entries: Mapping[str, Entry]
    spellings: dict[str, tuple[Candidate, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, folded: Folded) -> list[Hit]:
        """Give the hits in the order of their start, longer ones first."""
        hits: list[Hit] = []
        text, lower = folded.text, folded.lower
        for index, start, end in self.automaton.find_matches_as_indexes(lower, overlapping=True):
            if (start and text[start - 1].isalnum() and text[start].isalnum()) or (
                end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
            ):
                continue
            if _ABBREVIATION_GOES_ON.match(text, end):  # "U.S" inside "U.S.S.R."
                continue
            candidates = self._meant(self.keys[index], text[start:end])
            if candidates:
                hits.append(Hit(start=start, end=end, candidates=candidates))
        hits = [h for h in hits if not _ends_longer_name(h, text)]
        hits.sort(key=lambda h: (h.start, -h.end))
        return hits

    def _meant(self, key: str, seen: str) -> tuple[Candidate, ...]:
        """Give what a form may mean in the case that is seen, sorted by id; each spelling is judged once."""
        known = self.spellings.get(seen)
        if known is None:
            found = {
                c: None
                for written, c in self.forms[key]
                if _same_case(written, seen)
                or (c.cls in _HALF_CAPITALISED and _half_case(written, seen, c.cls))
            }
            known = tuple(sorted(found, key=lambda c: (c.entity, c.kind, c.weak)))
            if len(self.spellings) < _MOST_SPELLINGS:
                self.spellings[seen] = known
        return known


def _same_case(written: str, seen: str) -> bool:
    if written == seen:
        return True
    if seen.isupper() and len(seen) > 4 and not written.isupper():
        return " " in seen or len(seen) > 5
    mine, theirs = written.split(" "), seen.split(" ")
    if len(mine) < 2 or len(mine) != len(theirs):
        return False
    return all(
        a == b
        or (a.lower() in _CONNECTIVES and a.lower() == b.lower())
        or (a[:1].islower() and a[1:] == b[1:] and b[:1].isupper())
        or (a[:1].isupper() and "-" in a and a.lower() == b.lower() and b[:1].isupper())
        for a, b in zip(mine, theirs, strict=True)
    )


def _half_case(written: str, seen: str, cls: str) -> bool:
    """Tell whether a long title is seen with small letters in it ("the Nuclear non-proliferation treaty").

    An agreement may stand in small letters altogether; of other names most words keep their capitals.
    """
    mine, theirs = written.split(" "), seen.split(" ")
    telling = [w for w in mine if w.lower() not in _CONNECTIVES and len(w) >= _TELLING_LETTERS]
    capitals = sum(w[0].isupper() for w in theirs)
    return (
        len(telling) >= _TELLING_WORDS
        and (cls == "Agreement" or (len(telling) > _TELLING_WORDS and 2 * capitals > len(telling)))
        and len(mine) == len(theirs)
        and not any(w[1:2].isupper() for w in mine)
        and all(a == b or a[:1].lower() + a[1:] == b for a, b in zip(mine, theirs, strict=True))
    )


def build_gazetteer(vocabulary: Vocabulary, extra: Iterable[Entry] = ()) -> Gazetteer:
    """Compile the forms of a vocabulary; a form owned by several entries keeps them all."""
    forms: dict[str, dict[tuple[str, Candidate], None]] = {}
    entries: dict[str, Entry] = {}
    for entry in (*vocabulary.entries, *extra):
        entries.setdefault(entry.id, entry)
        meant: dict[tuple[str, bool], Candidate] = {}
        for form in entry.forms:
            text = _ARTICLE.sub("", folded_text(form.text).strip())
            if len(text) < 2:
                continue
            candidate = meant.get((form.kind, form.weak))
            if candidate is None:
                candidate = meant[form.kind, form.weak] = Candidate(
                    entity=entry.id, cls=entry.cls, kind=form.kind, weak=form.weak, file=entry.file or "text"
                )
            forms.setdefault(lower_of(text), {})[(text, candidate)] = None
    keys = tuple(sorted(forms))
    return Gazetteer(
        automaton=AhoCorasick(list(keys)),
        keys=keys,
        forms={
            key: tuple(sorted(value, key=repr) if len(value) > 1 else value) for key, value in forms.items()
        },
        entries=entries,
    )
