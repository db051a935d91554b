"""Tell how a statement is meant: asserted, planned, called for, conditional or denied."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from diplograph.extract.arguments import Arguments, verb_forms
from diplograph.extract.parsing import Parsed
from diplograph.ontology.model import Modality

__all__ = ["ModalityReader", "load_modality"]

# The stronger reading first: "will not sign" is denied, "should it sign" called for.
_ORDER = ("denied", "called-for", "conditional", "planned")
# How far up a governor may stand ("intends to / continue to / provide").
_REACH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalityReader:
    """Callable that reads the modality of a cue from the words around it."""

    modifiers: dict[str, frozenset[str]]
    governors: dict[str, frozenset[str]]
    reporting: frozenset[str]
    copulas: frozenset[str]
    not_yet: frozenset[str]
    nobody: frozenset[str]

    def __call__(self, parsed: Parsed, cue: int) -> Modality:
        """Give the modality of the statement that ``cue`` heads."""
        found = {self._modified(parsed, cue), "denied" if self._by_nobody(parsed, cue) else ""}
        token, steps = cue, 0
        while parsed.heads[token] != token and steps < _REACH:
            dep, head = parsed.deps[token], parsed.heads[token]
            if dep in {"relcl", "conj"} or (dep == "advcl" and parsed.tags[token] != "VBG"):
                if dep == "conj" and not parsed.child(token, "nsubj", "nsubjpass"):
                    found.add(self._modified(parsed, head, negation=False))
                    token, steps = head, steps + 1
                    continue
                break
            if dep in {"xcomp", "ccomp", "pcomp", "dobj", "pobj", "prep", "acl"}:
                for kind in _ORDER:
                    if parsed.lower[head] in self.governors[kind]:
                        found.add(kind)
                found |= self._predicated(parsed, head)
                if dep == "ccomp" and parsed.lower[head] in self.reporting and "conditional" in found:
                    found.discard("conditional")
                    found.add("planned")
                if parsed.tags[head].startswith("VB"):
                    found.add(self._modified(parsed, head))
            if dep in {"nsubj", "nsubjpass"}:
                if dep == "nsubjpass":
                    found.add(self._modified(parsed, head))
                break
            token, steps = head, steps + 1
        for kind in _ORDER:
            if kind in found:
                return cast(Modality, kind)
        return "asserted"

    def _predicated(self, parsed: Parsed, head: int) -> set[str]:
        """Read a copula or auxiliary that governs the cue: "is to host", "has yet to sign", "it is essential that"."""
        if parsed.lower[head] not in self.copulas:
            return set()
        words = {parsed.lower[c] for c in parsed.child(head, "acomp", "attr", "oprd", "advmod")}
        found = {kind for kind in _ORDER if words & (self.governors[kind] | self.modifiers[kind])}
        if words & self.not_yet:
            found.add("denied")
        if not words and any(parsed.deps[c] == "xcomp" for c in parsed.children[head]):
            found.add("planned")
        return found

    def _by_nobody(self, parsed: Parsed, cue: int) -> bool:
        """Tell whether the subject denies that anybody did it: "no state signed", "neither of them signed"."""
        return any(
            parsed.lower[word] in self.nobody
            for subject in parsed.child(cue, "nsubj", "nsubjpass")
            for word in (subject, *parsed.child(subject, "det", "preconj", "neg", "cc", "advmod"))
        )

    def _modified(self, parsed: Parsed, token: int, *, negation: bool = True) -> str:
        for kind in _ORDER:
            if kind == "denied" and not negation:
                continue
            for child in parsed.children[token]:
                if (
                    parsed.deps[child] in {"aux", "neg", "det", "mark", "advmod", "preconj"}
                    and parsed.lower[child] in self.modifiers[kind]
                ):
                    return kind
        return ""


def load_modality(folder: Path, arguments: Arguments) -> ModalityReader:
    """Read ``modality.toml``; governors are spelt out in all their verb forms."""
    data = tomllib.loads((folder / "modality.toml").read_text(encoding="utf-8"))
    return ModalityReader(
        modifiers={kind: frozenset(data[kind]["modifiers"]) for kind in _ORDER},
        governors={
            kind: frozenset(
                f
                for word in data[kind]["governors"]
                for f in (*verb_forms(word, arguments.irregular), word + "s")
            )
            for kind in _ORDER
        },
        copulas=frozenset(data["copulas"]),
        not_yet=frozenset(data["not_yet"]),
        nobody=frozenset(data["nobody"]),
        reporting=frozenset(
            f for word in data["planned"]["reporting"] for f in verb_forms(word, arguments.irregular)
        ),
    )
