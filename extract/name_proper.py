"""Cut a listed form down to the name proper: without its owner, its place or its opponent."""

import re
from collections.abc import Container

from diplograph.extract.choosing import MONTHS
from diplograph.extract.gazetteer import Hit

__all__ = ["name_proper"]

_EVENT_IN = re.compile(r"^(?P<event>.+?) (?:in|at) (?P<place>[^,]+)$")
# "Russia's war of aggression against Ukraine": the name proper is the lower-case head.
_LOWER_EVENT = re.compile(
    r"^(?:[A-Z][\w.-]*(?:'s)? )*(?P<event>[a-z][a-z-]*(?: (?:of )?[a-z][a-z-]*)*?)(?: (?:against|on|upon|in|into|at|with|between|of) .*)?$"
)
# "the Amazon region" is labelled on its name alone.
# "B.N. Yeltsin", but not "H.E. Macky Sall" or "M. Laurent Fabius"
_INITIALS = re.compile(r"(?<![\w.])(?!U\.S|[HS]\. ?(?:[EHM]|R\. ?H)\.|M\. )(?:[A-Z]\. ?){1,3}$")
_DOCTOR = re.compile(r"^(?:Dr|Mr|Mrs|Ms|Prof|Hon)\.? ")
_AREA = re.compile(r" (?:sub-?)?(?:region|continent)$")
_REGION = re.compile(r"\b[Rr]egion\b")  # "Great Lakes region" is a name in full
_DATED = re.compile(r"(?:19|20)\d\d ")  # "the 1982 UNCLOS" is labelled without its year
_OF_MONTH = re.compile(rf"(?P<month>(?:{MONTHS}) )?(?:19|20)\d\d (?=[A-Z])")
_MONTH_BEFORE = re.compile(rf"\b(?:{MONTHS})(?: \d[\d-]*)?,? $")
# Characters of the longest date before a year.
_DATE = 20
_OWNED = re.compile(r"^(?P<owner>[A-Z][\w. -]*?)'s (?=[A-Z0-9])")


def name_proper(
    text: str,
    hit: Hit,
    cls: str,
    listed: set[tuple[int, int]],
    titles: Container[str] = (),
    label: str = "",
    states: Container[int] = (),
) -> tuple[int, int]:
    """Give the part of a listed form that is the name proper, without its owner, place, opponent or title.

    Args:
        text: The folded sentence.
        hit: The listed form found in it.
        cls: Its class.
        listed: Where listed forms stand in the sentence.
        titles: Words that are titles of persons ("King").
        label: The full name of what is listed.
        states: Where names and demonyms of states begin in the sentence.
    """
    seen = text[hit.start : hit.end]
    if cls == "Person":
        title, _, rest = seen.partition(" ")
        if rest and title in titles:
            return hit.end - len(rest), hit.end
        doctor = _DOCTOR.match(seen)
        if doctor:
            return hit.start + doctor.end(), hit.end
        initials = _INITIALS.search(text, 0, hit.start)
        return (initials.start() if initials else hit.start), hit.end
    if cls == "Place":
        town, comma, state = seen.partition(", ")
        if comma and (hit.end - len(state), hit.end) in listed:
            return hit.start, hit.start + len(town)
        area = None if _REGION.search(label) else _AREA.search(seen)
        if area and (hit.start, hit.start + area.start()) in listed:
            return hit.start, hit.start + area.start()
        return hit.start, hit.end
    if cls == "Event":
        year = _OF_MONTH.match(seen)
        if year and (year["month"] or _MONTH_BEFORE.search(text, max(0, hit.start - _DATE), hit.start)):
            return hit.start + year.end(), hit.end  # "the June 29-30, 2022 NATO Summit"
        lower = _LOWER_EVENT.match(seen)
        owned = lower is not None and lower.start("event") > 0
        in_full = lower is not None and lower.end("event") == len(seen)
        if owned and "'s " not in seen and (in_full or hit.start not in states):
            lower = None  # "the Chernobyl disaster" and "the Rwandan genocide" are names in full
        if lower and (lower.start("event") or lower.end("event") < len(seen)):
            return hit.start + lower.start("event"), hit.start + lower.end("event")
        split = _EVENT_IN.match(seen)
        if split and seen != label and (hit.start + split.start("place"), hit.end) in listed:
            return hit.start, hit.start + split.end("event")
    if cls == "Agreement" and _DATED.match(seen) and not _DATED.match(label):
        return (hit.start + 5 if (hit.start + 5, hit.end) in listed else hit.start), hit.end
    owner = _OWNED.match(seen)
    if owner and (hit.start, hit.start + owner.end("owner")) in listed:
        return hit.start + owner.end(), hit.end
    return hit.start, hit.end
