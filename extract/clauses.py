"""Tell what kind of clause a word heads: verb, infinitive, finite, asked for, supposed."""

from diplograph.extract.parsing import Parsed

__all__ = ["FINITE", "finite", "infinitive", "is_asked", "is_verb", "supposes", "weighed_as"]

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
