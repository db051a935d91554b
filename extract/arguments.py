"""Find the arguments of a cue word in a dependency parse: who does it, to what, with whom, where.

Roles are ``agent`` (subject, by-phrase, possessor, or the subject lent by a governing verb), ``theme``
(object, passive subject, of-phrase of a noun), one role for each preposition (``with``, ``to`` …),
and ``doer``: the agent of a verb, but of a noun only the one it names itself (by-phrase or possessor).
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.companions import Company, load_company
from diplograph.extract.parsing import Parsed
from diplograph.extract.scene import Participant, Scene

__all__ = ["Arguments", "all_forms", "load_arguments", "verb_forms"]

_SUBJECT = ("nsubj", "csubj")
_PASSIVE = ("nsubjpass", "csubjpass")
_PREP = ("prep", "dative", "agent")
# A long list hangs together as one long chain of coordination.
_DEEPEST = 40
# Tags of a clause that has an object for its subject: infinitives, participles and adjectives.
_NOT_FINITE = frozenset({"VB", "VBG", "VBN", "JJ"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
# What people are sent to, belong to or sign: "to which" means the name before it rather than a noun further up.
_WITHIN = frozenset({"Agreement", "Forum", "Organization", "Policy", "Programme"})
# Prepositions whose gerund is done by the object of the verb before them.
_OF_OBJECT = frozenset({"on", "upon", "for", "from", "into", "of", "as", "to", "with"})
# What follows a participle that tells where or by whom a text was made.
_BEHIND = frozenset({"at", "by", "in", "on", "upon", "during", "between", "under"})
_RELATIVE = frozenset({"which", "that", "who", "whom", "whose"})
_REFLEXIVE = (["its"], ["their"], ["his"], ["her"])


def verb_forms(lemma: str, irregular: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Give the forms of a verb: the lemma, -s, -ed, -ing, and its irregular ones; sorted."""
    forms = {lemma, *irregular.get(lemma, [])}
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        forms.add(lemma + "es")
    elif lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        forms |= {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    else:
        forms.add(lemma + "s")
    if lemma.endswith("e"):
        forms |= {lemma + "d", lemma[:-1] + "ing"}
    elif not (lemma.endswith("y") and lemma[-2:-1] not in "aeiou"):
        forms |= {lemma + "ed", lemma + "ing"}
    else:
        forms.add(lemma + "ing")
    return tuple(sorted(forms))


def all_forms(lemmas: Iterable[str], irregular: Mapping[str, list[str]]) -> frozenset[str]:
    """Give the forms of several verbs."""
    return frozenset(form for lemma in lemmas for form in verb_forms(lemma, irregular))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """The argument finder: word lists fixed, sentences passed in."""

    transparent: frozenset[str]
    bearers: frozenset[str]
    borne: frozenset[str]
    deeds_of: frozenset[str]
    resolves: frozenset[str]
    instances: frozenset[str]
    listing: frozenset[str]
    onlookers: frozenset[str]
    light: frozenset[str]
    object_control: frozenset[str]
    asking: frozenset[str]
    aside: frozenset[str]
    irregular: Mapping[str, list[str]]
    company: Company

    # -- roles -------------------------------------------------------------------------------------

    def roles(self, parsed: Parsed, cue: int) -> dict[str, list[int]]:
        """Give the argument tokens of a cue by role, each list in order of place."""
        known: dict[str, list[int]] | None = parsed.remembered.get(("roles of", cue))
        if known is None:  # many rules ask for the roles of one cue
            known = parsed.remembered["roles of", cue] = self._roles(parsed, cue)
        return {name: [*tokens] for name, tokens in known.items()}

    def _roles(self, parsed: Parsed, cue: int) -> dict[str, list[int]]:
        is_verb = parsed.tags[cue].startswith("VB") or parsed.tags[cue] == "MD"
        roles = self._verb_roles(parsed, cue) if is_verb else self._noun_roles(parsed, cue)
        return {
            name: sorted(dict.fromkeys(self.antecedent(parsed, t) for t in tokens))
            for name, tokens in roles.items()
            if tokens
        }

    def _verb_roles(self, parsed: Parsed, verb: int) -> dict[str, list[int]]:
        roles: dict[str, list[int]] = {}
        passive = bool(parsed.child(verb, "nsubjpass", "auxpass")) or (
            parsed.tags[verb] == "VBN"
            and (
                parsed.deps[verb] in {"acl", "amod"} or bool(parsed.child(verb, "agent"))
            )  # "established by X, Y …"
            and not parsed.child(verb, "nsubj", "aux")
        )
        subjects = self._own_subjects(parsed, verb)
        themes = list(parsed.child(verb, "dobj", "attr", "oprd"))
        themes = themes or self._shared_object(parsed, verb)
        trailing = self._trailing(parsed, verb)
        if trailing:
            passive = True
        if parsed.child(verb, *_PASSIVE):
            themes += parsed.child(verb, *_PASSIVE)
        if self._is(parsed, verb, self.object_control):  # "helped X to rebuild", "holds X accountable"
            for clause in parsed.child(verb, "ccomp", "xcomp"):
                if parsed.tags[clause] in _NOT_FINITE and not parsed.child(clause, "mark"):
                    themes += parsed.child(clause, "nsubj")
        if not themes and not passive:  # "will chair the meeting to be held in Lima"
            for clause in parsed.child(verb, "ccomp"):
                if parsed.tags[clause] == "VBN" and self._infinitive(parsed, clause):
                    themes += parsed.child(clause, "nsubjpass")
        self._preps(parsed, verb, roles)
        for state in parsed.child(verb, "acomp"):  # "stands united with X"
            self._preps(parsed, state, roles)
        for theme in themes:
            if parsed.deps[theme] == "nsubjpass":  # "the treaty between X and Y was signed"
                below: dict[str, list[int]] = {}
                self._preps(parsed, theme, below)
                for name in ("between", "among"):
                    roles.setdefault(name, []).extend(below.get(name, []))
            elif parsed.deps[theme] != "nsubj":
                self._preps(parsed, theme, roles)
                for other in parsed.child(theme, "conj"):  # "welcomed the launch of X and the mandate of Y"
                    self._preps(parsed, other, roles)
        if passive:
            if trailing:
                themes += trailing
            elif not parsed.child(verb, *_PASSIVE):
                lent = self._lent_subject(parsed, verb)
                if parsed.deps[verb] in {"acl", "amod"}:
                    themes.append(parsed.heads[verb])
                else:
                    themes += lent
            subjects = roles.pop("by", [])
        elif not subjects:
            subjects = (
                self._lent_subject(parsed, verb)
                or self._first_of_series(parsed, verb)
                or self._stray_subject(parsed, verb)
            )
        beside = self.company.beside(parsed, verb, [*subjects, *parsed.child(verb, *_PASSIVE)])
        if passive and parsed.child(verb, *_PASSIVE):
            themes += [t for t in beside if t not in themes]
        else:
            subjects = [*subjects, *beside]
        roles["agent"] = list(subjects)
        roles["doer"] = list(subjects)
        roles["theme"] = list(themes)
        if parsed.deps[verb] == "relcl" and not passive and subjects and not themes:
            roles["theme"].append(parsed.heads[verb])
        roles.setdefault("dative", []).extend(parsed.child(verb, "dative"))
        return roles

    def _own_subjects(self, parsed: Parsed, verb: int) -> list[int]:
        """Give the subjects of a verb, without an opening noun that only describes the name behind it.

        "A founding member of the Union, Egypt ratified …": parsers make subjects of both.
        """
        subjects = list(parsed.child(verb, *_SUBJECT))
        if len(subjects) == 2 and subjects[1] < verb and parsed.mention[subjects[1]] >= 0:
            before = subjects[1] - 1
            while before > subjects[0] and parsed.heads[before] == subjects[1]:
                before -= 1
            if parsed.mention[subjects[0]] < 0 and parsed.words[before] == ",":
                return subjects[1:]
        return subjects

    def _shared_object(self, parsed: Parsed, verb: int) -> list[int]:
        """Give the object that the next verb has for both ("hosted and financed the summit", "signed and ratified it")."""
        for other in parsed.child(verb, "conj"):
            plain = all(
                parsed.tags[t] in {"CC", "RB", "VBD", "VBN", "VBZ", ","}
                or parsed.lower[t] in {"in", "both"}
                or parsed.tags[t] == "CD"
                for t in range(verb + 1, other)
            )
            if (
                plain
                and parsed.tags[other] == parsed.tags[verb]
                and not parsed.child(verb, "prep", "xcomp", "ccomp", "agent")
            ):
                return list(parsed.child(other, "dobj"))
        return []

    def _trailing(self, parsed: Parsed, verb: int) -> list[int]:
        """Give the name that a bare participle follows ("Agenda 21, adopted at …"), whatever the parser hung it on."""
        if verb < 2 or parsed.child(verb, "aux", "auxpass", *_SUBJECT, *_PASSIVE):
            return []
        loose = parsed.deps[verb] in {"advcl", "dep", "conj", "ccomp"}
        if parsed.tags[verb] in {"VBN", "VBD"} and parsed.mentioned(verb - 1) == "Agreement" and loose:
            behind = parsed.lower[verb + 1 : verb + 2]  # "the Declaration agreed upon at the Conference"
            return [verb - 1] if set(behind) <= _BEHIND else []
        if parsed.tags[verb] != "VBN" or parsed.words[verb - 1] != "," or parsed.mention[verb - 2] < 0:
            return []
        hung = (
            parsed.deps[verb] == "acl" and parsed.mentioned(verb - 2) in _WITHIN
        )  # "support for X, launched by"
        return [verb - 2] if hung or (loose and parsed.deps[verb] != "ccomp") else []

    def _lent_subject(self, parsed: Parsed, verb: int, depth: int = 0) -> list[int]:
        """Give the subject that a verb without one takes from the word it depends on."""
        head, dep = parsed.heads[verb], parsed.deps[verb]
        if head == verb or depth > 6:
            return []
        if dep == "acl" and parsed.tags[verb] == "VBG" and parsed.mentioned(verb - 1) in _WITHIN:
            return [verb - 1]  # "the adoption on 25 August of Resolution 1704 creating UNMIT"
        if dep in {"acl", "relcl"} and not parsed.tags[head].startswith("VB"):
            return (
                [head]
                if parsed.tags[verb] != "TO" and not self._infinitive(parsed, verb)
                else self._noun_agent(parsed, head) or self._resolved(parsed, head)
            )
        if dep == "pcomp":
            up = parsed.heads[head]
            if parsed.tags[up].startswith("VB"):
                steered = self._is(parsed, up, self.object_control) and parsed.lower[head] in _OF_OBJECT
                if steered and parsed.child(up, "dobj"):
                    return list(
                        parsed.child(up, "dobj")
                    )  # "congratulated X on assuming", not "made X by assuming"
                return self._own_or_lent(parsed, up, depth)
            return self._noun_agent(parsed, up)
        if dep == "conj" and parsed.tags[verb] in _FINITE and self._infinitive(parsed, head):
            top = head  # "encourages X to sign and recalls its support": who encourages recalls
            while parsed.tags[top] not in _FINITE and parsed.heads[top] != top:
                top = parsed.heads[top]
            if parsed.tags[top] in _FINITE:
                return self._own_or_lent(parsed, top, depth)
        if dep in {"xcomp", "ccomp", "conj", "advcl", "dep", "prep"}:
            if parsed.deps[head] == "acomp" and dep == "xcomp":
                return self._own_or_lent(parsed, parsed.heads[head], depth)  # "I am honoured to attend"
            if parsed.tags[head].startswith(("VB", "MD")):
                if dep in {"xcomp", "ccomp"} and self._is(parsed, head, self.object_control):
                    objects = list(parsed.child(head, "dobj"))
                    for preposition in ("on", "upon", "to"):  # "called on X to sign"
                        objects += self._objects(parsed, head, preposition)
                    if objects:
                        return objects
                return self._own_or_lent(parsed, head, depth)
            if dep == "conj":
                return []
            if parsed.deps[head] == "acomp":  # "were able to agree"
                return self._own_or_lent(parsed, parsed.heads[head], depth)
            return self._noun_agent(parsed, head)
        return []

    def _resolved(self, parsed: Parsed, noun: int) -> list[int]:
        """Give whose efforts or decision a noun tells by its "of": "the efforts of X and Y to broker …"."""
        return self._objects(parsed, noun, "of") if self._is(parsed, noun, self.resolves) else []

    def is_asked(self, parsed: Parsed, verb: int) -> bool:
        """Tell whether a verb is what somebody is asked to do: "called on X to sign", "urge X to back and to sign"."""
        if parsed.tags[verb] != "VB":
            return False
        for _ in range(4):
            above, dep = parsed.heads[verb], parsed.deps[verb]
            if dep in {"xcomp", "ccomp"}:
                others = [*parsed.child(verb, "nsubj"), *parsed.child(above, "dobj", "dative")]
                others += [o for p in ("on", "upon", "to") for o in self._objects(parsed, above, p)]
                return bool(others) and self._is(parsed, above, self.asking)
            if dep != "conj":
                return False
            verb = above
        return False

    def _own_or_lent(self, parsed: Parsed, verb: int, depth: int) -> list[int]:
        own = list(parsed.child(verb, *_SUBJECT, *_PASSIVE))
        return own or self._lent_subject(parsed, verb, depth + 1) or self._first_of_series(parsed, verb)

    def _first_of_series(self, parsed: Parsed, verb: int) -> list[int]:
        """Give the subject of the first of several acts, which parsers take for a clause of the second.

        "It is a party to the treaty, hosts an office and sends troops": "is" hangs on "hosts".
        """
        if parsed.tags[verb] not in _FINITE:
            return []
        for first in parsed.child(verb, "ccomp"):
            plain = first < verb and parsed.tags[first] in _FINITE and not parsed.child(first, "mark")
            if plain and parsed.words[verb - 1] in {",", "and"}:
                return list(parsed.child(first, "nsubj"))
        return []

    def _stray_subject(self, parsed: Parsed, verb: int) -> list[int]:
        """Give the name that the parser hung on an opening phrase ("At the summit in May, Japan took …")."""
        modals = [c for c in parsed.child(verb, "aux") if parsed.tags[c] == "MD"]
        if parsed.tags[verb] not in _FINITE and not modals:
            return []
        before = min([*parsed.child(verb, "aux", "advmod", "neg"), verb]) - 1
        if before >= 0 and parsed.mention[before] >= 0 and parsed.mentioned(before) == "Person":
            return [before]  # "Under Secretary of State for Political Affairs X will visit"
        for token in range(verb - 1, 0, -1):
            if parsed.mention[token] < 0 or parsed.deps[token] not in {"appos", "conj", "npadvmod", "dep"}:
                continue
            before = token - 1
            while (
                before > 0
                and parsed.tags[before] in {"DT", "NN", "NNP", "NNPS", "JJ"}
                and parsed.heads[before] == token
            ):
                before -= 1
            path = parsed.path_up(token)
            if parsed.words[before] == "," and verb in path:
                top = path[path.index(verb) - 1]
                if parsed.deps[top] in {"prep", "advcl"} and top < token:
                    return [token]
        return []

    def _infinitive(self, parsed: Parsed, verb: int) -> bool:
        return any(parsed.lower[c] == "to" and parsed.deps[c] == "aux" for c in parsed.children[verb])

    def _is(self, parsed: Parsed, token: int, lemmas: frozenset[str]) -> bool:
        return parsed.lower[token] in lemmas

    def _noun_roles(self, parsed: Parsed, noun: int) -> dict[str, list[int]]:
        roles: dict[str, list[int]] = {}
        self._preps(parsed, noun, roles)
        plain = parsed.lower[noun - 1] != "in" and not parsed.child(noun, "poss")
        if plain and self._is(parsed, noun, self.deeds_of):
            doers = self._objects(parsed, noun, "of")
            roles.setdefault("by", []).extend(doers)
            roles["of"] = [t for t in roles.get("of", []) if t not in doers]
        roles["theme"] = roles.get("of", []) + list(parsed.child(noun, "compound", "nmod"))
        roles["doer"] = roles.get("by", []) + list(parsed.child(noun, "poss"))
        told = roles.pop("by", [])
        roles["agent"] = (
            told if self._is(parsed, noun, self.deeds_of) and told else told + self._noun_agent(parsed, noun)
        )
        governor = parsed.heads[noun]
        if parsed.tags[governor].startswith("VB") and parsed.deps[noun] in {"dobj", "nsubjpass", "attr"}:
            # prepositions that the parser hung on the light verb
            extra: dict[str, list[int]] = {}
            self._preps(parsed, governor, extra)
            for name, tokens in extra.items():
                relative = all(parsed.lower[t] in _RELATIVE for t in tokens)  # "of which X is a supporter"
                if (
                    name not in {"by", "of"} or relative
                ):  # "at the invitation of A, B paid a visit" is none of A
                    roles.setdefault(name, []).extend(tokens)
        return roles

    def _noun_agent(self, parsed: Parsed, noun: int, depth: int = 0) -> list[int]:
        own = list(parsed.child(noun, "poss"))
        if [
            parsed.lower[t] for t in own
        ] in _REFLEXIVE:  # "the members expressed their support": who expressed it
            governor, of_verb = parsed.heads[noun], parsed.deps[noun] == "dobj"
            subjects = self._own_or_lent(parsed, governor, depth) if of_verb else []
            if any(parsed.tags[t].startswith("NN") for t in subjects):
                own = subjects
        own += [c for c in parsed.child(noun, "amod", "compound", "nmod") if parsed.mention[c] >= 0]
        own = own or [o for o in self._objects(parsed, noun, "from") if self._names_somebody(parsed, o)]
        if own or depth > 4:
            return own
        governor, dep = parsed.heads[noun], parsed.deps[noun]
        if dep in {"dobj", "attr", "conj"} and parsed.tags[governor].startswith("VB"):
            passive = bool(parsed.child(governor, "nsubjpass"))
            if not passive and self._is(parsed, governor, self.light):
                return self._own_or_lent(parsed, governor, depth)
        if dep in {"acomp", "attr"} and not self._is(
            parsed, governor, self.light
        ):  # "X is pleased at", "X is a party to"
            return self._own_or_lent(parsed, governor, depth)
        if dep == "nsubjpass" and self._is(parsed, governor, self.onlookers):
            return []  # "the accession of X was welcomed by Y"
        if dep == "nsubjpass" and parsed.tags[governor].startswith("VB"):
            return [p for a in parsed.child(governor, "agent") for p in parsed.child(a, "pobj")]
        if dep == "pobj":
            up = parsed.heads[governor]
            if parsed.tags[up].startswith("VB"):
                return self._own_or_lent(parsed, up, depth) if self._is(parsed, up, self.light) else []
            return self._noun_agent(parsed, up, depth + 1)
        if dep == "conj":
            return self._noun_agent(parsed, governor, depth + 1)
        return []

    def _objects(self, parsed: Parsed, token: int, preposition: str) -> list[int]:
        return [
            o
            for p in parsed.child(token, "prep")
            if parsed.lower[p] == preposition
            for o in parsed.child(p, "pobj")
        ]

    def _names_somebody(self, parsed: Parsed, token: int) -> bool:
        """Tell whether a token is a name or has one right below it ("countries including X", "Nordic states")."""
        below = [token, *parsed.children[token]]
        below += [g for c in parsed.child(token, "prep") for g in parsed.children[c]]
        return any(parsed.mention[t] >= 0 for t in below)

    def _preps(self, parsed: Parsed, token: int, roles: dict[str, list[int]], depth: int = 0) -> None:
        """Add to ``roles`` what hangs on a token by a preposition, by that, and what hangs on this in turn."""
        for prep, objects, again in self._prepositions(parsed, token):
            if objects:
                told = roles.setdefault(parsed.lower[prep], [])
                told.extend(objects)
                told += [o for o in again if o not in told]
            elif parsed.mention[prep] >= 0:
                roles.setdefault("to", []).append(prep)  # bare dative: "gave Kenya a loan"
            if depth < 1:
                for o in objects:
                    self._preps(parsed, o, roles, depth + 1)

    def _prepositions(self, parsed: Parsed, token: int) -> tuple[tuple[int, list[int], list[int]], ...]:
        """Give the prepositions below a token, each with its objects and those that it brings when said again."""
        key = "prepositions below", token
        known: tuple[tuple[int, list[int], list[int]], ...] | None = parsed.remembered.get(key)
        if known is None:  # the cues of a sentence ask for the same tokens
            known = parsed.remembered[key] = tuple(self._prepositions_of(parsed, token))
        return known

    def _prepositions_of(self, parsed: Parsed, token: int) -> Iterator[tuple[int, list[int], list[int]]]:
        preps = (
            *parsed.child(token, *_PREP),
            *(
                c for c in parsed.child(token, "dep") if parsed.child(c, "pobj")
            ),  # "of which X is a supporter"
        )
        # "to the people as well as to the Government of X": both
        for prep in [*preps, *(c for p in preps for c in parsed.child(p, "conj") if parsed.tags[c] == "IN")]:
            objects = list(parsed.child(prep, "pobj", "pcomp"))
            for inner in parsed.child(prep, "prep"):  # "together with", "according to", "such as"
                objects += parsed.child(inner, "pobj")
            # "in Mali, in Chad and in the Congo", whatever the parser hung the second "in" on
            yield prep, objects, self.company.repeated(parsed, prep, objects[0]) if objects else []

    def antecedent(self, parsed: Parsed, token: int) -> int:
        """Replace a relative pronoun by the noun it refers to; behind a preposition, by the name right before it."""
        if parsed.lower[token] not in _RELATIVE:
            return token
        before = token - 1
        if before > 0 and parsed.tags[before] in {
            "IN",
            "TO",
        }:  # "the men and women of X, to which Y contributes"
            before -= 2 if parsed.words[before - 1] == "," else 1
            if before >= 0 and parsed.mentioned(before) in _WITHIN:
                return before
        verb = parsed.heads[token]
        for _ in range(4):
            if parsed.deps[verb] == "relcl":
                head = parsed.heads[verb]
                if parsed.deps[token] == "dobj" and parsed.words[before] == ",":
                    before -= 1  # "members of A, B and C, which Peru chaired": C alone
                    listed = head < before and parsed.inside[before] >= 0 and parsed.inside[head] >= 0
                    return parsed.token_of.get(parsed.inside[before], head) if listed else head
                if parsed.lower[token] == "who" and parsed.tags[verb] == "VBZ":
                    return self._nearest_person(parsed, head, token)
                return head
            if parsed.heads[verb] == verb:
                break
            verb = parsed.heads[verb]
        return token

    def _nearest_person(self, parsed: Parsed, head: int, token: int) -> int:
        """Give the last person of a list before "who", of whom alone it speaks ("A and B of Fiji, who chairs X")."""
        persons = [t for t in range(head + 1, token) if parsed.mentioned(t) == "Person"]
        return persons[-1] if persons and parsed.mentioned(head) == "Person" else head

    def _introduces(self, parsed: Parsed, prep: int) -> bool:
        """Tell whether a preposition introduces examples: "including", or the second word of "such as"."""
        if parsed.lower[prep] in self.instances:
            return True
        return parsed.lower[prep] == "as" and prep > 0 and parsed.lower[prep - 1] in self.instances

    def gives_instances(self, parsed: Parsed, prep: int) -> bool:
        """Tell whether a preposition brings examples: "including", "like", "such as"."""
        if parsed.lower[prep] in self.instances:
            return True
        return parsed.lower[prep] == "as" and any(
            parsed.lower[c] in self.instances for c in parsed.children[prep]
        )

    # -- who a token stands for --------------------------------------------------------------------

    def stand_for(self, scene: Scene, token: int, depth: int = 0) -> tuple[Participant, ...]:
        """Give all that an argument token stands for: itself, what it is coordinated with, its examples."""
        if depth:
            return self._stands_for(scene, token, depth)
        remembered = scene.parsed.remembered
        asked: tuple[Scene, dict[int, tuple[Participant, ...]]] | None = remembered.get(
            "what stands for whom"
        )
        if asked is None or asked[0] is not scene:
            asked = remembered["what stands for whom"] = (scene, {})
        if token not in asked[1]:
            asked[1][token] = self._stands_for(scene, token, 0)
        return asked[1][token]

    def _stands_for(self, scene: Scene, token: int, depth: int) -> tuple[Participant, ...]:
        parsed = scene.parsed
        found: dict[tuple[str, int], Participant] = {}

        def add(participants: tuple[Participant, ...]) -> None:
            for p in participants:
                found.setdefault((p.entity, p.token), p)

        if depth > _DEEPEST:
            return ()
        named = scene.named(token)
        if named and named.cls == "IssueArea" and parsed.lower[token] in self.borne:
            for c in parsed.child(token, "poss", "amod", "compound", "nmod"):  # "Fijian peacekeepers"
                add(self.stand_for(scene, c, depth + 1))
            for prep in parsed.child(token, "prep"):
                if parsed.lower[prep] in {"of", "from"}:
                    for o in parsed.child(prep, "pobj"):
                        add(self.stand_for(scene, o, depth + 1))
        if named:
            add((named,))
            if named.cls in {"Country", "Place", "Organization"}:
                for c in parsed.child(token, "compound", "nmod", "amod", "npadvmod"):  # Japan-Australia
                    if scene.named(c) and scene.named(c).cls == named.cls:  # type: ignore[union-attr]
                        add(self.stand_for(scene, c, depth + 1))
        elif token in scene.anaphors:
            add(scene.anaphors[token])
        else:
            inside = parsed.inside[token]
            if inside >= 0 and parsed.sentence.mentions[inside].cls == "IssueArea":
                head = parsed.token_of.get(inside)
                if head is not None and head != token:
                    add(tuple(filter(None, [scene.named(head)])))
            for c in parsed.child(token, "poss", "amod", "compound", "nmod"):
                if parsed.lower[token] in self.transparent or parsed.deps[c] in {"poss"}:
                    add(self.stand_for(scene, c, depth + 1))
                elif scene.named(c):
                    add((scene.named(c),))  # type: ignore[arg-type]
            if parsed.lower[token] in self.transparent:
                for prep in parsed.child(token, "prep"):
                    if parsed.lower[prep] in {"of", "from", "between", "among", "in"}:
                        for o in parsed.child(prep, "pobj"):
                            add(self.stand_for(scene, o, depth + 1))
            for c in parsed.child(token, "appos"):
                add(self.stand_for(scene, c, depth + 1))
            if parsed.tags[token] == "NNP":
                add(self._titled(scene, token))
            if not found and depth == 0 and self._is_open_plural(parsed, token):
                add(self._listed_behind(scene, token) or self._enumerated(scene, token))
        counted = token  # "thirteen of the conventions, including X"
        if named is None and (parsed.tags[token] == "CD" or parsed.lower[token] in self.company.plurals):
            counted = next(iter(self._objects(parsed, token, "of")), token)
        if named is None and token not in scene.anaphors:
            for listed in self.company.behind(parsed, counted):
                add(tuple(filter(None, [scene.named(listed)])))
        for prep in parsed.child(token, "prep"):
            if self._introduces(parsed, prep):
                for o in parsed.child(prep, "pobj", "pcomp"):
                    add(self.stand_for(scene, o, depth + 1))
                for inner in parsed.child(prep, "prep"):
                    for o in parsed.child(inner, "pobj"):
                        add(self.stand_for(scene, o, depth + 1))
        for c in parsed.child(token, "conj"):
            if (
                named is None or ":" not in parsed.words[token:c]
            ):  # "joined the Bank: X and Y" tells of others
                add(self.stand_for(scene, c, depth + 1))
        if named is not None:
            for c in parsed.child(token, "appos"):
                aside = scene.named(c)
                if aside is not None and aside.cls == named.cls and ":" not in parsed.words[token:c]:
                    add(self.stand_for(scene, c, depth + 1))
        return tuple(found.values())

    def _listed_behind(self, scene: Scene, token: int) -> tuple[Participant, ...]:
        """Give the names that a colon at the end of a clause brings ("Some countries have joined: X, Y and Z")."""
        parsed = scene.parsed
        colons = [i for i in range(token + 1, len(parsed.words)) if parsed.words[i] == ":"]
        if len(colons) != 1:
            return ()
        named = [p for p in scene.names("Country", "Organization") if p.token > colons[0]]
        links = [i for i in range(colons[0] + 1, len(parsed.words)) if parsed.inside[i] < 0]
        plain = all(
            parsed.tags[i] in {",", "CC", "DT", "."} or parsed.words[i] in {"as", "well"} for i in links
        )
        return tuple(named) if len(named) > 1 and plain else ()

    def _is_open_plural(self, parsed: Parsed, token: int) -> bool:
        """Tell whether a plural leaves open who is meant: "the states that signed …", "those who …"."""
        return parsed.lower[token] == "those" or (
            parsed.lower[token] in self.transparent and parsed.tags[token] in {"NNS", "NNPS"}
        )

    def _enumerated(self, scene: Scene, token: int) -> tuple[Participant, ...]:
        """Give the names of "The states that signed it include X and Y", "Among the states that did so are X and Y"."""
        parsed = scene.parsed
        verb = parsed.heads[token]
        listed: list[int] = []
        if parsed.deps[token] == "nsubj" and parsed.lower[verb] in self.listing:
            listed = list(parsed.child(verb, "dobj", "attr"))
        elif parsed.deps[token] == "pobj" and parsed.lower[verb] == "among":
            listed = [t for t in parsed.child(parsed.heads[verb], "nsubj", "attr") if t > token]
        named = [t for t in listed if scene.named(t) is not None]
        return tuple(dict.fromkeys(p for t in named for p in self.stand_for(scene, t, 1)))

    def _titled(self, scene: Scene, title: int) -> tuple[Participant, ...]:
        """Give the person whom a title hides ("Minister for Foreign Affairs X", "Counselor of the Department X")."""
        parsed = scene.parsed
        for prep in parsed.child(title, "prep"):
            for o in parsed.child(prep, "pobj"):
                person = scene.named(o)
                if person is not None and person.cls == "Person" and parsed.child(o, "compound", "nmod"):
                    return (person,)
        return ()


def load_arguments(folder: Path) -> Arguments:
    """Read ``arguments.toml``; light and controlling verbs are spelt out in all their forms."""
    data = tomllib.loads((folder / "arguments.toml").read_text(encoding="utf-8"))
    irregular = data["irregular"]

    def spelt(lemmas: list[str]) -> frozenset[str]:
        return all_forms(lemmas, irregular)

    return Arguments(
        transparent=frozenset(data["transparent"]),
        bearers=frozenset(data["bearers"]),
        borne=frozenset(data["borne"]),
        deeds_of=frozenset(data["deeds_of"]),
        resolves=frozenset(data["resolves"]),
        instances=frozenset(data["instances"]),
        listing=frozenset(data["listing"]),
        onlookers=spelt(data["onlookers"]),
        light=spelt(data["light"]),
        object_control=spelt(data["object_control"]),
        asking=spelt(data["asking"]),
        aside=frozenset(data["aside"]),
        irregular=irregular,
        company=load_company(folder),
    )
