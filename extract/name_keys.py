"""Make the keys of entities that no table lists: slugs of names, and the ids of numbered resolutions."""

import re

__all__ = ["resolution_key", "slug"]

_RESOLUTION = re.compile(
    r"(?:[Rr]esolutions?|UNSCRs?|RES/|^(?=\d{3,4} \(\d{4}\)$)) ?(?P<number>\d+)(?:/(?P<part>\d+))?(?: ?\((?:(?P<year>\d{4})|(?P<roman>[IVXLC]+))\))?"
)


def slug(text: str) -> str:
    """Turn a name into the last part of an id: lower case, words joined by hyphens."""
    words = re.sub(r"[^\w\s-]+", "", text.lower().replace("&", " and ").replace("/", " "))
    return re.sub(r"[\s_-]+", "-", words).strip("-") or "unnamed"


def resolution_key(label: str) -> str:
    """Give the id of a numbered United Nations resolution, empty for anything else.

    The Security Council counts through with the year in parentheses; the General Assembly counts by
    session (``61/89``) or, before 1976, through with the session in Roman numerals.
    """
    found = _RESOLUTION.search(label)
    if not found:
        return ""
    council = "Security Council" in label or "UNSC" in label or (found["year"] and not found["part"])
    assembly = "General Assembly" in label or "UNGA" in label or bool(found["part"]) or bool(found["roman"])
    body = "security-council" if council else "general-assembly" if assembly else ""
    if not body or "Human Rights Council" in label or "Economic and Social" in label or "ECOSOC" in label:
        return ""
    tail = "-".join(filter(None, [found["number"], found["part"], (found["roman"] or "").lower()]))
    return f"united-nations-{body}-resolution-{tail}"
