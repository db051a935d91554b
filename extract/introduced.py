"""List what a document itself introduces: abbreviations, and the surnames of persons named in full."""

import re
from collections.abc import Sequence

from diplograph.extract.acronyms import introduced_forms
from diplograph.extract.choosing import Found
from diplograph.extract.folding import Folded
from diplograph.extract.gazetteer import Gazetteer, Hit
from diplograph.extract.name_keys import slug
from diplograph.ontology.model import ID_PREFIX
from diplograph.ontology.vocabulary import Entry, Form

__all__ = ["introduced_entries"]

# A body of two states: "the India-U.S. Port Working Group".
_PAIR = re.compile(r"\b[A-Z][\w.]*-[A-Z]")


def introduced_entries(
    folds: Sequence[Folded],
    hits: Sequence[Sequence[Hit]],
    first: Sequence[Sequence[Found]],
    gazetteer: Gazetteer,
) -> list[Entry]:
    """List what the document itself introduces: abbreviations, and surnames of persons named in full."""
    entries: dict[tuple[str, str], Entry] = {}
    full = [
        f.text[o.start : o.end].split(" ")
        for f, found in zip(folds, first, strict=True)
        for o in found
        if o.cls == "Person"
    ]
    surnames = {parts[-1].lower() for parts in full if len(parts) > 1}
    for folded, listed_here, found in zip(folds, hits, first, strict=True):
        spans = [(f.start, f.end) for f in found if f.cls != "IssueArea"]
        for start, end, form in introduced_forms(folded.text, spans, {(h.start, h.end) for h in listed_here}):
            one = next(f for f in found if f.start <= start and f.end == end)
            if (
                start == one.start
                and one.cls == "Event"
                and " of " in folded.text[start:end]
                and form[0] != folded.text[start].upper()
            ):
                continue  # not the sitting is abbreviated, but the body in its name
            if not one.entity and _names_listed_end(form, folded.text[start:end], gazetteer):
                continue
            name = folded.text[start:end]
            entity, cls = one.entity, one.cls
            if start > one.start:  # "the fourth summit of the Body (B)" introduces the body, not the summit
                listed = next((h for h in listed_here if (h.start, h.end) == (start, end)), None)
                entity, cls = (
                    (listed.candidates[0].entity, listed.candidates[0].cls)
                    if listed
                    else ("", "Forum" if _PAIR.search(folded.text, start, end) else "Organization")
                )
            entity = entity or f"{ID_PREFIX[cls]}/{slug(name)}"
            known = gazetteer.entries.get(entity)
            entries[entity, form] = Entry(
                id=entity, cls=cls, label=known.label if known else name, forms=(Form(text=form), Form(text=name)),
                same_as=known.same_as if known else (), file="introduced",
            )  # fmt: skip
        for one in found:
            if one.cls == "Person":
                name = folded.text[one.start : one.end]
                parts = name.split(" ")
                if one.entity:
                    continue
                entity = f"person/{slug(name)}"
                if len(parts) == 1 and parts[0].lower() in surnames:
                    continue
                forms = [Form(text=name)] + (
                    [Form(text=parts[-1])] if len(parts) > 1 and len(parts[-1]) > 2 else []
                )
                entries[entity, name] = Entry(
                    id=entity, cls="Person", label=name, forms=tuple(forms), file="person"
                )
    return [entries[key] for key in sorted(entries)]


def _names_listed_end(form: str, name: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a listed abbreviation stands for the end of a name ("Code of Conduct of the Agency (A)")."""
    return any(
        written == form
        and not candidate.weak
        and name.endswith(gazetteer.entries[candidate.entity].label)
        and name != gazetteer.entries[candidate.entity].label
        for written, candidate in gazetteer.forms.get(form.lower(), ())
    )
