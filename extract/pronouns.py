"""Say what "it", "its", "they" and "their" stand for, where the choice is no guess.

A pronoun stands for the subject of the clause that governs its own, or of the sentence before; where that subject
is a noun that nothing is known of, the pronoun stands for nobody. "It is important that …" stands for nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from diplograph.extract.parsing import Parsed
from diplograph.extract.salience import REFERENTS, Context, is_plural, subject_of
from diplograph.extract.scene import Participant

__all__ = ["Pronouns", "Standing"]

# Gives what a noun of the sentence stands for: by its name, by what was found for it, or by the name below it.
Standing = Callable[[int], tuple[Participant, ...]]

_CLAUSAL = frozenset({"advcl", "conj", "ccomp", "relcl", "acl", "xcomp", "pcomp", "parataxis", "dep"})
_WHOLE = frozenset({"ccomp", "xcomp", "csubj", "advcl", "acl", "relcl"})
_EMPTY = frozenset({"it", "there"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr", "dative"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronouns:
    """The resolver of third-person pronouns; word lists fixed."""

    being: frozenset[str]
    acting_states: frozenset[str]
    told_facts: frozenset[str]
    thanking: frozenset[str]

    def single(
        self, parsed: Parsed, token: int, stands: Standing, context: Context
    ) -> tuple[Participant, ...]:
        """Give the one body or thing that "it", "its" or "itself" stands for, or nobody."""
        if parsed.lower[token] == "it":
            if self._is_empty(parsed, token):
                return ()
            if parsed.deps[token] not in {"nsubj", "nsubjpass"}:
                return self._object(parsed, token, stands, context)
            return self._subject(parsed, token, lambda t: _one(stands(t)), _one(context.subject))
        if parsed.lower[token] == "itself":
            own = subject_of(parsed, token)
            return _one(stands(own)) if own is not None and own < token else ()
        return self._owner(parsed, token, lambda t: _one(stands(t)), _one(context.subject))

    def plural(
        self, parsed: Parsed, token: int, stands: Standing, context: Context
    ) -> tuple[Participant, ...]:
        """Give those whom "they", "them" or "their" stands for, or nobody."""
        if parsed.lower[token] == "they":
            return self._subject(parsed, token, lambda t: _many(parsed, t, stands), context.chorus)
        bound = subject_of(parsed, token)
        if parsed.lower[token] == "themselves":
            return _many(parsed, bound, stands) if bound is not None and bound < token else ()
        for noun in range(token - 1, -1, -1):  # "thanked the Governments of X and Y for their …"
            if parsed.lower[token] == "them" and noun == bound:
                continue  # "the people of X have helped them": others
            if _is_plural(parsed, noun):
                named = _many(parsed, noun, stands)
                if named or bound is None or bound >= token or not _many(parsed, bound, stands):
                    return named
                return _many(parsed, bound, stands)
        if bound is not None and bound < token:
            return _many(parsed, bound, stands)
        return context.chorus if not any(parsed.tags[t].startswith("VB") for t in range(token)) else ()

    def _subject(
        self, parsed: Parsed, token: int, known: Standing, before: Sequence[Participant]
    ) -> tuple[Participant, ...]:
        """Give the subject of a clause that governs that of a pronoun, or of the sentence before."""
        verb = parsed.heads[token]
        while parsed.heads[verb] != verb:
            if parsed.deps[verb] not in _CLAUSAL:
                verb = parsed.heads[verb]
                continue
            inner, verb = verb, parsed.heads[verb]
            if parsed.lower[verb] in self.thanking or parsed.deps[inner] == "relcl":
                # "thanks Japan for the vessels that it has donated": the one thanked
                thanked = [o for o in self._addressed(parsed, verb) if o < token and known(o)]
                if thanked:
                    return known(thanked[-1])
            for subject in parsed.child(verb, "nsubj", "nsubjpass"):
                if subject < token and parsed.lower[subject] in _EMPTY and not known(subject):
                    continue  # "It is to that end that it …"
                if subject < token:
                    return known(subject)
                if subject > token and parsed.mention[subject] >= 0:
                    return known(subject)  # "When it joined the Union, Estonia …"
        return tuple(before)

    def _owner(
        self, parsed: Parsed, token: int, known: Standing, before: Sequence[Participant]
    ) -> tuple[Participant, ...]:
        """Give whose "its" is: the name behind the subject of its clause, else that subject."""
        own = subject_of(parsed, token)
        start = own if own is not None and own < token else -1
        for noun in range(token - 1, start, -1):
            if parsed.mention[noun] >= 0 and parsed.mentioned(noun) in REFERENTS:
                return known(noun)
            if parsed.deps[noun] == "dobj" and parsed.mention[noun] < 0 and (meant := known(noun)):
                return meant
        if own is not None and own < token:
            return known(own)
        if own is not None and own > token and not _covers(parsed, own, token):
            return known(own)  # "In its resolution, the Council …"
        return tuple(before) if own is not None and _covers(parsed, own, token) else ()

    def _addressed(self, parsed: Parsed, token: int) -> list[int]:
        """Give the objects of the nearest verb of thanking or asking at or above a token."""
        for verb in parsed.path_up(token):
            if parsed.lower[verb] in self.thanking and parsed.tags[verb].startswith("VB"):
                objects = list(parsed.child(verb, "dobj"))
                for prep in parsed.child(verb, "prep"):
                    if parsed.lower[prep] in {"on", "upon", "to"}:
                        objects += parsed.child(prep, "pobj")
                return objects
        return []

    def _object(
        self, parsed: Parsed, token: int, stands: Standing, context: Context
    ) -> tuple[Participant, ...]:
        """Give the one body or thing named before, here or in the sentence before, that does not act upon "it"."""
        own = subject_of(parsed, token)
        actors = {p.entity for p in stands(own)} if own is not None else set()
        nouns = [
            n
            for n in range(token)
            if parsed.mention[n] >= 0 and parsed.mentioned(n) in REFERENTS and not _is_aside(parsed, n)
        ]
        told = {p.entity: p for n in nouns for p in stands(n) if p.entity not in actors}
        about = context.sole and any(p.entity == context.sole.entity for p in context.subject)
        if context.sole and about and not told and actors and context.sole.entity not in actors:
            return (context.sole,)
        if len(told) > 1:  # "X and Y concluded the treaty; Z welcomed it": object beside object
            told = {p.entity: p for n in nouns if parsed.deps[n] == "dobj" for p in stands(n)}
        return tuple(told.values()) if len(told) == 1 else ()

    def _is_empty(self, parsed: Parsed, token: int) -> bool:
        """Tell whether "it" stands for a clause or for nothing ("It is clear that …", "made it possible to …")."""
        verb = parsed.heads[token]
        if parsed.deps[token] == "expl":
            return True
        if parsed.deps[token] not in {"nsubj", "nsubjpass"}:
            after = [c for c in parsed.child(verb, "ccomp", "oprd", "acomp") if c > token]
            return bool(after) or any(
                parsed.tags[c].startswith("JJ") for c in range(token + 1, min(token + 3, len(parsed.words)))
            )
        said = parsed.child(verb, "acomp", "attr", "oprd")
        if any(parsed.lower[t] in self.acting_states for t in said):
            return False  # "It is a party to …", "It became a member of …"
        if parsed.lower[verb] in self.being:
            return True  # "It is through dialogue that …", "It is a pleasure to …"
        passive = parsed.deps[token] == "nsubjpass"
        return parsed.lower[verb] in self.told_facts and (
            passive or bool(parsed.child(verb, *_WHOLE)) or bool(said)
        )


def _one(named: Sequence[Participant]) -> tuple[Participant, ...]:
    entities = {p.entity for p in named}
    return tuple(named[:1]) if len(entities) == 1 and named[0].cls in REFERENTS else ()


def _many(parsed: Parsed, token: int, stands: Standing) -> tuple[Participant, ...]:
    """Give what a noun stands for if it is a plural: several names, or a plural noun of one body ("ministers of X")."""
    found = stands(token)
    return found if len({p.entity for p in found}) > 1 or (found and _is_plural(parsed, token)) else ()


def _is_plural(parsed: Parsed, token: int) -> bool:
    if parsed.deps[token] not in _ARGUMENTS:
        return False
    if parsed.lower[token] == "they":
        return True
    if parsed.mention[token] >= 0:
        return parsed.deps[token] != "conj" and bool(parsed.child(token, "conj"))
    return is_plural(parsed, token) or parsed.lower[token] == "people"


def _is_aside(parsed: Parsed, token: int) -> bool:
    """Tell whether a name only says more of a noun, which is the likelier "it" ("the arms deal with X")."""
    while parsed.deps[token] in {"conj", "appos"} and parsed.heads[token] != token:
        token = parsed.heads[token]
    if parsed.deps[token] in {"poss", "compound", "amod", "nmod"}:
        return True
    above = parsed.heads[parsed.heads[token]]
    return parsed.deps[token] == "pobj" and parsed.tags[above].startswith("NN")


def _covers(parsed: Parsed, top: int, token: int) -> bool:
    return top in parsed.path_up(token)


def standing_for(
    parsed: Parsed,
    names: Mapping[int, Participant],
    found: Mapping[int, tuple[Participant, ...]],
    bearers: frozenset[str],
    related: frozenset[str],
) -> Standing:
    """Give the function that says what a noun of a sentence stands for.

    Args:
        parsed: The sentence.
        names: Its names by their tokens.
        found: What other words of it stand for; may grow while the function is used.
        bearers: Nouns that stand for the name below them ("the Government of X", "leaders of X and Y").
        related: Those of them that with a possessor stand for others ("our partners", "its neighbours").
    """

    def stands(token: int, depth: int = 0) -> tuple[Participant, ...]:
        told: dict[str, Participant] = {}

        def add(participants: tuple[Participant, ...]) -> None:
            for p in participants:
                told.setdefault(p.entity, p)

        if depth > 12:  # a long list is a long chain
            return ()
        if token in names:
            add((names[token],) if names[token].cls != "IssueArea" else ())
        elif token in found:
            add(found[token])
        elif parsed.inside[token] < 0 and (
            parsed.lower[token] in bearers
            or any(parsed.lower[c] in bearers for c in parsed.child(token, "conj"))
        ):
            for c in parsed.child(token, "poss", "amod", "compound", "nmod", "appos"):
                if (c in names or c in found) and not (
                    parsed.deps[c] == "poss" and parsed.lower[token] in related
                ):
                    add(stands(c, depth + 1))
            for noun in (token, *parsed.child(token, "conj")):
                for prep in parsed.child(noun, "prep"):
                    if parsed.lower[prep] in {"of", "from"}:
                        for o in parsed.child(prep, "pobj"):
                            add(stands(o, depth + 1))
        for c in parsed.child(token, "conj"):
            add(stands(c, depth + 1))
        return tuple(told.values())

    return stands
