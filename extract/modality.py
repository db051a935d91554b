"""Tell how a statement is meant: asserted, planned, called for, conditional or denied."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from diplograph.extract.arguments import Arguments, verb_forms
from diplograph.extract.parsing import Parsed
from diplograph.ontology.model import Modality

__all__ = ["ModalityReader", "load_modality"]

# The stronger reading first: "will not sign" is denied, "should it sign" called for.
_ORDER = ("denied", "called-for", "conditional", "planned")
# What is found where "would" stands in reported speech.
_FUTURE_OF_THE_PAST = "future of the past"
# How far up a governor may stand ("intends to / continue to / provide").
_REACH = 4
_COMPLEMENTS = frozenset({"xcomp", "ccomp", "pcomp", "dobj", "pobj", "prep", "acl", "attr", "acomp", "oprd"})
_INSIDE = frozenset({"compound", "nmod"})
_MODIFIERS = frozenset({"aux", "neg", "det", "mark", "advmod", "preconj", "amod"})
_SUBJECTS = ("nsubj", "nsubjpass")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalityReader:
    """Callable that reads the modality of a cue from the words around it; word lists only, by their use."""

    modifiers: Mapping[str, frozenset[str]]
    governors: Mapping[str, frozenset[str]]
    weighing: frozenset[str]
    reporting: frozenset[str]
    copulas: frozenset[str]
    not_yet: frozenset[str]
    nobody: frozenset[str]
    polite: frozenset[str]
    either: frozenset[str]
    carriers: frozenset[str]
    happening: frozenset[str]
    leading: frozenset[str]
    of_nouns: frozenset[str]
    ours: frozenset[str]
    stances: frozenset[str]
    merely: frozenset[tuple[str, ...]]
    tied: frozenset[str]

    def __call__(self, parsed: Parsed, cue: int) -> Modality:
        """Give the modality of the statement that ``cue`` heads.

        A verb passes what is said of it on to its infinitive; to a noun only where it makes or breaks what the
        noun means ("will sign an agreement", not "will discuss the agreement").
        """
        found = {self._modified(parsed, cue), "denied" if self._by_nobody(parsed, cue) else ""}
        token, steps = cue, 0
        if not self._is_verb(parsed, cue) and self._is_ours(parsed, cue):
            token = parsed.path_up(cue)[-1]  # "our partners": there already, whatever is done with them
        while parsed.heads[token] != token and steps < _REACH:
            dep, head = parsed.deps[token], parsed.heads[token]
            steps += 1
            if dep == "conj" and not parsed.child(token, *_SUBJECTS):
                found.add(self._modified(parsed, head, negation=self._alike(parsed, head)))
                token = head
                continue
            if dep in _INSIDE or (dep == "advcl" and parsed.tags[token] == "VBG"):
                token = head  # "is no member country"
                continue
            if dep == "advcl" and self._infinitive(parsed, token):  # "act to hold", "called on X to sign"
                found |= self._governed(parsed, token, head)
                token = head
                continue
            if dep in _SUBJECTS and parsed.lower[head] in self.happening | self.carriers:
                found.add(self._modified(parsed, head))
                break
            if dep not in _COMPLEMENTS or (dep == "prep" and not self._leads(parsed, token)):
                break
            if dep == "acl" and parsed.tags[token] == "VBN" and not self._infinitive(parsed, token):
                break  # "the Declaration adopted at": done, whatever is said of the Declaration
            found |= self._governed(parsed, token, head)
            if self._is_verb(parsed, head) and not self._passes(parsed, token, head):
                break
            token = head
        if _FUTURE_OF_THE_PAST in found:  # "announced that it would"
            found = (found - {"conditional"}) | {"planned"}
        return next((cast(Modality, kind) for kind in _ORDER if kind in found), "asserted")

    def ahead(self, parsed: Parsed, name: int) -> Modality:
        """Give the modality of the occasion that a token names, by its own words: "the forthcoming Conference"."""
        return cast(Modality, self._modified(parsed, name) or "asserted")

    def acts(self, parsed: Parsed, cue: int, who: int) -> bool:
        """Tell whether the token ``who`` stands in the subject of the clause of a cue, also one lent by a verb above.

        "We urge Fiji to sign": Fiji signs, we do not.
        """
        if who < 0:
            return False
        token = cue
        for _ in range(_REACH):
            subjects = parsed.child(token, *_SUBJECTS)
            if subjects and self._is_verb(parsed, token):
                return any(s in parsed.path_up(who) for s in subjects)
            dep, head = parsed.deps[token], parsed.heads[token]
            if head == token or dep not in _COMPLEMENTS | {"conj", "advcl"}:
                return False
            if self._is_verb(parsed, head):
                if not self._is_verb(parsed, token) and parsed.lower[head] not in self.carriers:
                    return False
                objects = parsed.child(head, "dobj") if dep in {"xcomp", "ccomp", "advcl"} else ()
                if (
                    objects == () and parsed.lower[head] in self.governors["called-for"]
                ):  # "call upon Fiji to"
                    objects = tuple(o for p in parsed.child(head, "prep") for o in parsed.child(p, "pobj"))
                if objects and token not in objects:
                    return any(o in parsed.path_up(who) for o in objects)
            token = head
        return False

    def _is_verb(self, parsed: Parsed, token: int) -> bool:
        return parsed.tags[token].startswith(("VB", "MD"))

    def _infinitive(self, parsed: Parsed, token: int) -> bool:
        return any(parsed.lower[c] == "to" for c in parsed.child(token, "aux"))

    def _is_ours(self, parsed: Parsed, token: int) -> bool:
        return any(parsed.lower[c] in self.ours for c in parsed.child(token, "poss"))

    def _alike(self, parsed: Parsed, verb: int) -> bool:
        """Tell whether what is coordinated shares the denial: "did not sign or ratify"."""
        return any(parsed.lower[c] in self.either for c in parsed.child(verb, "cc"))

    def _leads(self, parsed: Parsed, preposition: int) -> bool:
        """Tell whether a preposition belongs to the word before it, and is not the beginning of an aside."""
        above = parsed.heads[preposition]
        if parsed.lower[preposition] in self.tied:
            return preposition == above + 1
        allowed = self.leading if self._is_verb(parsed, above) else self.leading & self.of_nouns
        if parsed.lower[above] in self.governors["called-for"] | self.governors["planned"]:
            allowed = self.leading
        return parsed.lower[preposition] in allowed

    def _governed(self, parsed: Parsed, token: int, head: int) -> set[str]:
        """Read what a word says of its complement: "intends to", "call for", "failure to", "is not"."""
        word = parsed.lower[head]
        found = {kind for kind in _ORDER if word in self.governors[kind]}
        if word in self.polite and parsed.deps[token] == "xcomp":
            found -= {"called-for", "planned"}  # "I wish to thank"
        if word in self.weighing and (
            parsed.child(head, "oprd")
            or any(parsed.lower[c] in self.tied for c in parsed.child(head, "prep"))
            or (self._is_verb(parsed, token) and parsed.tags[token] != "VBG")
        ):
            found.discard("conditional")  # "considers that", "considers it a sign"
        if self._is_verb(parsed, head) or word in self.copulas:
            found |= self._predicated(parsed, head, token)
            own = self._modified(parsed, head)
            if (
                word in self.reporting
                and parsed.deps[token] == "ccomp"
                and "conditional"
                in (
                    self._modified(parsed, token),
                    own,
                )
            ):
                found.add(_FUTURE_OF_THE_PAST)
        return found

    def _passes(self, parsed: Parsed, token: int, head: int) -> bool:
        """Tell whether what is said of a verb holds for what the token below it means."""
        word, dep = parsed.lower[head], parsed.deps[token]
        if self._is_verb(parsed, token):
            return not (dep == "ccomp" and self._finite(parsed, token))
        if dep in {"attr", "acomp", "oprd"} or (dep == "prep" and parsed.child(token, "pcomp")):
            return True
        return word in self.carriers or any(word in self.governors[kind] for kind in _ORDER)

    def _finite(self, parsed: Parsed, token: int) -> bool:
        auxiliaries = parsed.child(token, "aux", "auxpass")
        return parsed.tags[token] in _FINITE or any(parsed.tags[a] in _FINITE for a in auxiliaries)

    def _predicated(self, parsed: Parsed, head: int, token: int) -> set[str]:
        """Read a copula or auxiliary that governs the cue: "is to host", "has yet to sign", "it is essential that"."""
        passes = self._passes(parsed, token, head)
        found = {self._modified(parsed, head)} if passes else set()
        if passes and self._by_nobody(parsed, head):
            found.add("denied")
        if parsed.lower[head] not in self.copulas:
            return found
        beside = [c for c in parsed.child(head, "acomp", "attr", "oprd", "advmod") if c != token]
        words = {parsed.lower[c] for c in beside}
        found |= {kind for kind in _ORDER if words & (self.governors[kind] | self.modifiers[kind])}
        if words & self.not_yet:
            found.add("denied")
        if not words and parsed.deps[token] == "xcomp" and self._is_verb(parsed, token):
            found.add("planned")
        return found

    def _by_nobody(self, parsed: Parsed, cue: int) -> bool:
        """Tell whether the subject denies that anybody did it: "no state signed", "neither of them signed"."""
        return any(
            parsed.lower[word] in self.nobody
            for subject in parsed.child(cue, *_SUBJECTS)
            for word in (subject, *parsed.child(subject, "det", "preconj", "neg", "cc", "advmod"))
        )

    def _modified(self, parsed: Parsed, token: int, *, negation: bool = True) -> str:
        """Read the auxiliaries and adverbs of a word; "would like" and "not only" say nothing."""
        polite = parsed.lower[token] in self.polite
        for kind in _ORDER:
            if (kind == "denied" and not negation) or (polite and kind != "denied"):
                continue
            for child in parsed.children[token]:
                if (
                    parsed.deps[child] in _MODIFIERS
                    and parsed.lower[child] in self.modifiers[kind]
                    and parsed.lower[child + 1 : child + 2] not in self.merely
                ):
                    return kind
        to_come = [token, *parsed.child(token, "acl")]
        return "planned" if any(self._to_come(parsed, t) for t in to_come) else ""

    def _to_come(self, parsed: Parsed, token: int) -> bool:
        """Tell whether a participle behind a name says that it lies ahead: "scheduled for May", "to be held"."""
        if parsed.deps[token] != "acl":
            return False
        ahead = self._infinitive(parsed, token) and bool(parsed.child(token, "auxpass"))
        return ahead or parsed.lower[token] in self.modifiers["planned"]


def load_modality(folder: Path, arguments: Arguments) -> ModalityReader:
    """Read ``modality.toml``; governors are spelt out in all their verb forms."""
    data = tomllib.loads((folder / "modality.toml").read_text(encoding="utf-8"))

    def forms(words: list[str]) -> frozenset[str]:
        return frozenset(f for word in words for f in (*verb_forms(word, arguments.irregular), word + "s"))

    return ModalityReader(
        modifiers={kind: frozenset(data[kind]["modifiers"]) for kind in _ORDER},
        governors={kind: forms(data[kind]["governors"]) for kind in _ORDER},
        weighing=forms(data["conditional"]["weighing"]),
        reporting=forms(data["planned"]["reporting"]),
        polite=forms(data["polite"]),
        carriers=forms(data["carriers"]),
        happening=forms(data["happening"]),
        copulas=frozenset(data["copulas"]),
        not_yet=frozenset(data["not_yet"]),
        nobody=frozenset(data["nobody"]),
        either=frozenset(data["either"]),
        leading=frozenset(data["leading"]),
        of_nouns=frozenset(data["of_nouns"]),
        ours=frozenset(data["ours"]),
        stances=frozenset(data["stances"]),
        tied=frozenset(data["tied"]),
        merely=frozenset((word,) for word in data["merely"]),
    )
