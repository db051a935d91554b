"""Tell what kind of clause a word heads: verb, infinitive, finite, asked for, supposed."""

from diplograph.extract.parsing import Parsed

__all__ = ["FINITE", "finite", "infinitive", "is_asked", "is_verb", "objects_fit", "supposes", "weighed_as"]

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def is_verb(parsed: Parsed, token: int) -> bool:
    """Tell whether a word is a verb, by its tag."""
    return parsed.tags[token].startswith(("VB", "MD"))


def infinitive(parsed: Parsed, token: int) -> bool:
    """Tell whether "to" stands before a verb."""
    return any(parsed.lower[c] == "to" for c in parsed.child(token, "aux"))


def finite(parsed: Parsed, token: int) -> bool:
    """Tell whether a verb has a tense, by its own form or its auxiliary's."""
    auxiliaries = parsed.child(token, "aux", "auxpass")
    return parsed.tags[token] in FINITE or any(parsed.tags[a] in FINITE for a in auxiliaries)


def is_asked(parsed: Parsed, token: int) -> bool:
    """Tell whether a clause is what a noun asks for, though parsed as a relative: "time for it to sign"."""
    return infinitive(parsed, token) or any(
        parsed.tags[c] in {"IN", "WDT"} for c in parsed.child(token, "mark", "advmod")
    )


def supposes(parsed: Parsed, token: int, inverted: frozenset[str]) -> bool:
    """Tell whether a clause begins with its auxiliary, as suppositions do: "should it join"."""
    if parsed.deps[token] != "advcl":
        return False
    first = min((*parsed.children[token], token))
    return parsed.deps[first] in {"aux", "auxpass"} and parsed.lower[first] in inverted


def weighed_as(parsed: Parsed, verb: int, tied: frozenset[str]) -> bool:
    """Tell whether a verb says what it takes its object for: "considers it as a sign"."""
    return any(
        parsed.lower[t] in tied and parsed.deps[t] in {"prep", "mark"}
        for t in range(verb + 1, len(parsed.lower))
    )


def objects_fit(parsed: Parsed, verb: int, *, wanted: frozenset[str], barred: frozenset[str]) -> bool:
    """Tell whether the objects of a verb, or the nouns right below them, are among ``wanted`` and none is ``barred``.

    Args:
        parsed: The sentence.
        verb: The verb.
        wanted: Words one of which must be there; empty if any will do.
        barred: Words that no object itself may be.
    """
    objects = list(parsed.child(verb, "dobj", "nsubjpass"))
    objects += [c for o in objects for c in parsed.child(o, "conj")]
    if any(parsed.lower[o] in barred for o in objects):
        return False
    if not wanted:
        return True
    preps = [p for o in objects for p in parsed.child(o, "prep")]
    inner = [c for p in preps if parsed.lower[p] == "of" for c in parsed.child(p, "pobj")]
    aims = [
        v for p in preps for v in parsed.child(p, "pcomp")
    ]  # "the effort toward enhancing the capacity of X"
    inner += [c for v in aims for c in parsed.child(v, "dobj")]
    beside = [c for o in (*objects, *inner) for c in parsed.child(o, "compound", "amod", "nmod", "conj")]
    return any(parsed.lower[t] in wanted for t in (*objects, *inner, *beside))
