"""Find the plain lists of a sentence: names of one kind with nothing but commas and conjunctions between them."""

from collections.abc import Mapping

from diplograph.extract.parsing import Parsed

__all__ = ["lists_of"]

# Classes whose names stand in one list ("France, Germany and the EU").
_KIND = {"Country": "actor", "Organization": "actor", "Forum": "actor"}
# Tags of what joins names: commas, conjunctions, articles.
_GLUE = frozenset({",", "CC", "DT", ":"})
_AS_WELL = ("as", "well", "as")


def lists_of(parsed: Parsed) -> Mapping[int, tuple[int, int]]:
    """Give for each token that heads a name in a list the tokens that head the first and the last name of the list."""
    known: Mapping[int, tuple[int, int]] | None = parsed.remembered.get("lists")
    if known is None:
        known = parsed.remembered["lists"] = _found(parsed)
    return known


def _found(parsed: Parsed) -> Mapping[int, tuple[int, int]]:
    lists: dict[int, tuple[int, int]] = {}
    run: list[int] = []
    kind = ""
    for _, token in parsed.named_tokens:
        cls = parsed.mentioned(token)
        own = _KIND.get(cls, cls)
        if run and not (own == kind and _joined(parsed, run[-1], token)):
            if len(run) > 1:
                lists.update(dict.fromkeys(run, (run[0], run[-1])))
            run = []
        run.append(token)
        kind = own
    if len(run) > 1:
        lists.update(dict.fromkeys(run, (run[0], run[-1])))
    return lists


def _joined(parsed: Parsed, one: int, other: int) -> bool:
    """Tell whether only glue stands between two names, and some."""
    between = [t for t in range(one + 1, other) if parsed.inside[t] < 0]
    if not between:
        return False
    words = tuple(parsed.lower[t] for t in between if parsed.tags[t] not in _GLUE)
    told = any(parsed.tags[t] != "DT" for t in between)
    return told and words in {(), _AS_WELL}
