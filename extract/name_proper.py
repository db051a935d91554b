"""Cut a listed form down to the name proper: without its owner, its place or its opponent."""

import re

from diplograph.extract.gazetteer import Hit

__all__ = ["name_proper"]

_EVENT_IN = re.compile(r"^(?P<event>.+?) (?:in|at) (?P<place>[^,]+)$")
# "Russia's war of aggression against Ukraine": the name proper is the lower-case head.
_LOWER_EVENT = re.compile(
    r"^(?:[A-Z][\w.-]*(?:'s)? )*(?P<event>[a-z][a-z-]*(?: (?:of )?[a-z][a-z-]*)*?)(?: (?:against|on|upon|in|into|at|with|between|of) .*)?$"
)
_OWNED = re.compile(r"^(?P<owner>[A-Z][\w. -]*?)'s (?=[A-Z0-9])")


def name_proper(text: str, hit: Hit, cls: str, listed: set[tuple[int, int]]) -> tuple[int, int]:
    """Give the part of a listed form that is the name proper, without its owner, place or opponent."""
    seen = text[hit.start : hit.end]
    if cls == "Event":
        lower = _LOWER_EVENT.match(seen)
        if lower and (lower.start("event") or lower.end("event") < len(seen)):
            return hit.start + lower.start("event"), hit.start + lower.end("event")
        split = _EVENT_IN.match(seen)
        if split and (hit.start + split.start("place"), hit.end) in listed:
            return hit.start, hit.start + split.end("event")
    owned = _OWNED.match(seen)
    if owned and (hit.start, hit.start + owned.end("owner")) in listed:
        return hit.start + owned.end(), hit.end
    return hit.start, hit.end
