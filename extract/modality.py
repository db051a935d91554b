"""Tell how a statement is meant: asserted, planned, called for, conditional or denied."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from diplograph.extract.arguments import Arguments, verb_forms
from diplograph.extract.clauses import FINITE, finite, infinitive, is_asked, is_verb, supposes, weighed_as
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
_CLAUSES = ("ccomp", "advcl")
_PURPOSE = ("xcomp", "ccomp", "advcl")
# "Nor did it sign": a conjunction in front of its verb denies it.
_FRONTED = frozenset({"cc", "preconj"})
_MODIFIERS = frozenset({"aux", "neg", "det", "mark", "advmod", "preconj", "amod"})
_SUBJECTS = ("nsubj", "nsubjpass")
_PRESENT = frozenset({"VBZ", "VBP", "VBN"})
# How far before a verb its prefix may stand, as the parser cuts "co-host".
_PREFIX = 2


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
    bearers: frozenset[str]
    applications: frozenset[str]
    acts_of: Mapping[str, frozenset[str]]
    gerunds: Mapping[str, frozenset[str]]
    framed: tuple[tuple[str, frozenset[str], frozenset[str]], ...]
    supposing: frozenset[str]
    inverted: frozenset[str]
    obliging: frozenset[str]
    wishes: frozenset[str]
    courtesies: frozenset[str]
    tasks: frozenset[str]
    continuing: frozenset[str]
    standing: frozenset[str]
    undeniable: frozenset[str]
    serving: frozenset[str]
    prefixes: frozenset[str]
    repeated: frozenset[str]
    when: frozenset[str]
    infinitive: frozenset[str]
    journeys: frozenset[str]
    during: frozenset[str]
    holding: frozenset[str]
    refusing: frozenset[str]
    perceiving: frozenset[str]
    without: frozenset[str]

    def needs(self, parsed: Parsed, cue: int) -> bool:
        """Tell whether nothing comes without what a cue tells ("will not be solved without the help of …")."""
        before = parsed.lower[:cue]
        lacking = max((at for at, word in enumerate(before) if word in self.without), default=-1)
        return not self.modifiers["denied"].isdisjoint(before[: max(lacking, 0)])

    def __call__(self, parsed: Parsed, cue: int, *, courtesy: bool = False) -> Modality:
        """Give the modality of the statement that ``cue`` heads.

        A verb passes what is said of it on to its infinitive; to a noun only where it makes or breaks what the
        noun means ("will sign an agreement", not "will discuss the agreement"). ``courtesy`` says that what a
        speaker wishes to do is done by saying so ("I wish to support"), as with attitudes.
        """
        found = {self._modified(parsed, cue), "denied" if self._by_nobody(parsed, cue) else ""}
        if parsed.lower[cue] in self.refusing and parsed.child(cue, "xcomp"):
            found.add("denied")
        token, steps = cue, 0
        if not is_verb(parsed, cue) and self._is_ours(parsed, cue):
            token = parsed.path_up(cue)[-1]  # "our partners": there already, whatever is done with them
        if self._in_headline(parsed, cue) or self._on_the_way(parsed, cue):
            found.add("planned")
        sure = False
        while parsed.heads[token] != token and steps < _REACH:
            dep, head = parsed.deps[token], parsed.heads[token]
            if parsed.lower[head] in self.prefixes and 0 < token - head <= _PREFIX:  # "will co-host"
                found.add(self._modified(parsed, head))
                token = head
                continue
            if dep == "appos" and parsed.mention[token] >= 0:  # "in Lima, Peru"
                token = head
                continue
            steps += 1
            if (again := self._asked_again(parsed, token)) >= 0:
                token = again
                continue
            if dep == "conj" and not parsed.child(token, *_SUBJECTS):
                found.add(self._modified(parsed, head, negation=self._alike(parsed, head)))
                token = head
                continue
            if dep == "advcl" and parsed.lower[head] in self.inverted and parsed.deps[head] == "advcl":
                found.add("conditional")  # "were it to join"
                break
            if dep in _INSIDE or (dep == "advcl" and parsed.tags[token] == "VBG"):
                token = head  # "is no member country"
                continue
            if dep == "advcl" and infinitive(parsed, token):  # "act to hold", "called on X to sign"
                found |= self._governed(parsed, token, head, bears=False, courtesy=courtesy)
                token = head
                continue
            if dep in _CLAUSES and parsed.lower[head] in self.supposing:
                found.add("conditional")  # "provided that", "as long as"
                break
            if dep == "relcl" and is_asked(parsed, token):
                found |= self._governed(parsed, token, head, bears=False, courtesy=courtesy)
                token = head
                continue
            if dep == "advcl" and self._awaited(parsed, token):
                found.add("conditional")
            if dep in _SUBJECTS and parsed.lower[head] in self.happening | self.carriers:
                found.add(self._modified(parsed, head))
                break
            if dep not in _COMPLEMENTS or (dep == "prep" and not self._leads(parsed, token)):
                break
            if dep == "acl" and parsed.tags[token] == "VBN" and not infinitive(parsed, token):
                break  # "the Declaration adopted at": done, whatever is said of the Declaration
            if parsed.lower[head] in self.undeniable:
                if dep == "prep":  # "will not apologize for providing"
                    break
                sure = True  # "will not hesitate to provide"
            bears = token != cue and parsed.lower[token] in self.bearers
            found |= self._governed(parsed, token, head, bears=bears, courtesy=courtesy)
            if sure:
                found.discard("denied")
            if is_verb(parsed, head) and not (bears or self._passes(parsed, token, head)):
                break
            token = head
        if self._unseen(parsed, token):
            found.add("denied")
        if _FUTURE_OF_THE_PAST in found:  # "announced that it would"
            found = (found - {"conditional"}) | {"planned"}
        return next((cast(Modality, kind) for kind in _ORDER if kind in found), "asserted")

    def ahead(self, parsed: Parsed, name: int) -> Modality:
        """Give the modality of the occasion that a token names: "the forthcoming Conference", "will host the Conference"."""
        own = self._modified(parsed, name)
        verb = parsed.heads[name]
        held = parsed.deps[name] in (*_SUBJECTS, "dobj") and parsed.lower[verb] in self.holding
        if not own and held and self(parsed, verb) == "planned":
            own = "planned"
        return cast(Modality, own or "asserted")

    def acts(self, parsed: Parsed, cue: int, who: int) -> bool:
        """Tell whether the token ``who`` stands in the subject of the clause of a cue, also one lent by a verb above.

        "We urge Fiji to sign": Fiji signs, we do not.
        """
        if who < 0:
            return False
        token = cue
        for _ in range(_REACH + 2):
            subjects = parsed.child(token, *_SUBJECTS)
            if parsed.child(token, "expl"):  # "if there is aggression by"
                subjects = parsed.child(token, "attr")
            if subjects and is_verb(parsed, token):
                return any(s in parsed.path_up(who) for s in subjects)
            dep, head = parsed.deps[token], parsed.heads[token]
            if head == token or dep not in _COMPLEMENTS | {"conj", "advcl"}:
                return False
            if dep == "acl" and (owners := parsed.child(head, "poss")):  # "my country's readiness to sign"
                return any(o in parsed.path_up(who) for o in owners)
            if is_verb(parsed, head):
                if not is_verb(parsed, token) and parsed.lower[head] not in self.carriers | self.copulas:
                    return False
                asks = parsed.lower[head] in self.governors["called-for"]
                # "take action to hold": who acts is not the action
                objects = parsed.child(head, "dobj") if dep in _PURPOSE and (asks or dep != "advcl") else ()
                if objects == () and asks:  # "call upon Fiji to"
                    objects = tuple(o for p in parsed.child(head, "prep") for o in parsed.child(p, "pobj"))
                if objects and token not in objects:
                    return any(o in parsed.path_up(who) for o in objects)
            token = head
        return False

    def goes_on(self, parsed: Parsed, cue: int) -> bool:
        """Tell whether a cue is what its doer goes on doing: "will continue to support", "remains committed to".

        Not where others are asked to: "urges Sudan to continue to cooperate".
        """
        for token in parsed.path_up(cue)[1 : _REACH + 1]:
            if parsed.lower[token] in self.continuing:
                above = parsed.heads[token]
                asked = above != token and parsed.lower[above] in self.governors["called-for"]
                return not (asked and parsed.child(above, "dobj", "prep") and parsed.child(token, "aux"))
            if not (is_verb(parsed, token) or parsed.deps[token] in _COMPLEMENTS):
                return False
        return False

    def serves(self, parsed: Parsed, name: int) -> int:
        """Give the verb by which the person that a token names holds an office ("will serve as"), -1 if none."""
        verb = parsed.heads[name]
        said = parsed.deps[name] in _SUBJECTS and parsed.lower[verb] in self.serving
        return verb if said else -1

    def _unseen(self, parsed: Parsed, verb: int) -> bool:
        """Tell whether a verb is what was not seen, though an aside tore it off: "have not seen, as we said, X sign"."""
        if parsed.tags[verb] not in {"VB", "VBP"} or parsed.child(verb, "aux", "auxpass"):
            return False
        before = [c for c in parsed.child(verb, "ccomp") if c < min((*parsed.child(verb, *_SUBJECTS), verb))]
        return any(
            parsed.lower[c] in self.perceiving and self._modified(parsed, c) == "denied" for c in before
        )

    def _on_the_way(self, parsed: Parsed, cue: int) -> bool:
        """Tell whether a cue is a journey during which something will be done."""
        during = parsed.heads[cue]
        if parsed.lower[cue] not in self.journeys or parsed.lower[during] not in self.during:
            return False
        return self._modified(parsed, parsed.heads[during]) == "planned"

    def _in_headline(self, parsed: Parsed, cue: int) -> bool:
        """Tell whether a cue is the infinitive of a headline: "Minister to Visit Peru"."""
        if cue <= 1 or parsed.lower[cue - 1] not in self.infinitive:
            return False
        if any(tag in FINITE for tag in parsed.tags) or not parsed.tags[cue].startswith(("VB", "NN")):
            return False
        return not any(w in self.bearers or w in self.governors["denied"] for w in parsed.lower[:cue])

    def _asked_again(self, parsed: Parsed, token: int) -> int:
        """Give the word to go on from where a pro-verb stands between: "encourage those that have not done so to"."""
        done = parsed.heads[token]
        if parsed.deps[token] not in _PURPOSE or parsed.lower[done] not in self.repeated:
            return -1
        relative = parsed.deps[done] == "relcl" and parsed.child(done, "advmod", "dobj")
        return parsed.heads[done] if relative and infinitive(parsed, token) else -1

    def _of_acts(self, parsed: Parsed, token: int, head: int) -> set[str]:
        """Read a word that says something of an act only: "is about to sign", "voted against joining"."""
        word, dep = parsed.lower[head], parsed.deps[token]
        told = dep == "ccomp" and finite(parsed, token)  # "asked whether it had signed"
        words = self.gerunds if dep == "pcomp" else self.acts_of if dep in _PURPOSE and not told else {}
        found = {kind for kind in words if word in words[kind]}
        if word in self.obliging and dep == "xcomp" and infinitive(parsed, token):
            found.add("called-for")  # "has to sign"
        return found

    def _awaited(self, parsed: Parsed, token: int) -> bool:
        """Tell whether a clause of time is still to come: "will be possible when it ratifies"."""
        if not any(parsed.lower[c] in self.when for c in parsed.child(token, "advmod", "mark")):
            return False
        head = parsed.heads[token]
        return parsed.tags[token] in _PRESENT and self._modified(parsed, head, negation=False) == "planned"

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
        allowed = self.leading if is_verb(parsed, above) else self.leading & self.of_nouns
        if parsed.lower[above] in self.governors["called-for"] | self.governors["planned"] | self.bearers:
            allowed = self.leading
        return parsed.lower[preposition] in allowed

    def _governed(self, parsed: Parsed, token: int, head: int, *, bears: bool, courtesy: bool) -> set[str]:
        """Read what a word says of its complement: "intends to", "call for", "failure to", "is not".

        Args:
            parsed: The sentence.
            token: The complement.
            head: The word.
            bears: The complement is a noun that means the act below it ("take steps to").
            courtesy: Wishes are courtesy ("I wish to support").
        """
        word = parsed.lower[head]
        found = {kind for kind in _ORDER if word in self.governors[kind]}
        if word in self.weighing and (
            parsed.child(head, "oprd")
            or weighed_as(parsed, head, self.tied)
            or (is_verb(parsed, token) and parsed.tags[token] != "VBG")
        ):
            found.discard("conditional")  # "considers that", "considers it a sign"
        if word in self.applications and parsed.tags[head].startswith("NN") and infinitive(parsed, token):
            found = {"planned"}  # "Sweden's request to join"
        found |= {
            kind
            for kind, nouns, behind in self.framed
            if word in nouns and parsed.lower[parsed.heads[head]] in behind
        }
        if is_verb(parsed, token):
            found |= self._of_acts(parsed, token, head)
        if word in self.polite and parsed.deps[token] == "xcomp":
            found -= {"called-for", "planned"}  # "I wish to thank"
            if (
                word in self.wishes
                and parsed.lower[token] not in self.polite | self.courtesies
                and not courtesy
            ):
                found.add("called-for")  # "would like to join"
        if is_verb(parsed, head) or word in self.copulas:
            found |= self._predicated(parsed, head, token, bears=bears)
            if (
                "denied" in found
                and self._modified(parsed, head) == "denied"
                and (word in self.governors["denied"] | self.undeniable)
            ):  # "must not fail to", "never hesitates to"
                told = self._modified(parsed, head, negation=False)
                found = (found - {"denied", "conditional"}) | (
                    {told} - {"conditional"}
                )  # "cannot fail to thank"
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
        if is_verb(parsed, token):
            return not (dep == "ccomp" and finite(parsed, token))
        if dep in {"attr", "acomp", "oprd"} or (dep == "prep" and parsed.child(token, "pcomp")):
            return True
        if dep == "prep" and parsed.lower[token] in self.tied:
            return True  # "if elected as a member"
        return word in self.carriers or any(word in self.governors[kind] for kind in _ORDER)

    def _predicated(self, parsed: Parsed, head: int, token: int, *, bears: bool) -> set[str]:
        """Read a copula or auxiliary that governs the cue: "is to host", "has yet to sign", "it is essential that"."""
        passes = bears or self._passes(parsed, token, head)
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
        if not words and parsed.deps[token] == "xcomp" and is_verb(parsed, token):
            tasks = any(parsed.lower[s] in self.tasks for s in parsed.child(head, *_SUBJECTS))
            tasks = tasks or parsed.lower[head] in self.obliging
            found.add("called-for" if tasks else "planned")
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
        if supposes(parsed, token, self.inverted):
            return "conditional"
        for kind in _ORDER:
            if (kind == "denied" and not negation) or (polite and kind != "denied"):
                continue
            for child in parsed.children[token]:
                fronted = kind == "denied" and child < token and parsed.deps[child] in _FRONTED
                if (
                    (fronted or parsed.deps[child] in _MODIFIERS)
                    and parsed.lower[child] in self.modifiers[kind]
                    and parsed.lower[child + 1 : child + 2] not in self.merely
                    and not (kind == "denied" and self._contrasts(parsed, token, child))
                ):
                    return kind
        to_come = [token, *parsed.child(token, "acl")]
        return "planned" if any(self._to_come(parsed, t) for t in to_come) else ""

    def _contrasts(self, parsed: Parsed, verb: int, negation: int) -> bool:
        """Tell whether a negation behind a verb denies only what follows: "responded not by force but by"."""
        behind = negation > verb and is_verb(parsed, verb) and parsed.lower[verb] not in self.copulas
        return behind and parsed.tags[negation + 1 : negation + 2] == ("IN",)

    def _to_come(self, parsed: Parsed, token: int) -> bool:
        """Tell whether a participle behind a name says that it lies ahead: "scheduled for May", "to be held"."""
        if parsed.deps[token] != "acl":
            return False
        ahead = infinitive(parsed, token) and bool(parsed.child(token, "auxpass"))
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
        bearers=frozenset(w for word in data["bearers"] for w in (word, word + "s")),
        applications=frozenset(w for word in data["applications"] for w in (word, word + "s")),
        acts_of={kind: forms(data[kind].get("acts", [])) for kind in _ORDER},
        gerunds={kind: frozenset(data[kind].get("gerunds", [])) for kind in _ORDER},
        framed=tuple(
            (row["meaning"], frozenset(row["nouns"]), frozenset(row["behind"])) for row in data["framed"]
        ),
        supposing=frozenset(data["supposing"]),
        inverted=frozenset(data["inverted"]),
        obliging=frozenset(data["obliging"]),
        wishes=forms(data["wishes"]),
        courtesies=frozenset(data["courtesies"]),
        tasks=frozenset(data["tasks"]),
        continuing=forms(data["continuing"]),
        standing=frozenset(data["standing"]),
        without=frozenset(data["without"]),
        undeniable=forms(data["undeniable"]),
        serving=forms(data["serving"]),
        prefixes=frozenset(data["prefixes"]),
        repeated=frozenset(data["repeated"]),
        when=frozenset(data["when"]),
        infinitive=frozenset(data["infinitive"]),
        journeys=frozenset(w for word in data["journeys"] for w in (word, word + "s")),
        during=frozenset(data["during"]),
        holding=forms(data["holding"]),
        refusing=forms(data["refusing"]),
        perceiving=forms(data["perceiving"]),
        tied=frozenset(data["tied"]),
        merely=frozenset((word,) for word in data["merely"]),
    )
