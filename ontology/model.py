"""The names of classes, relations, qualifiers and modalities that every stage shares.

They equal the terms of ``core.ttl``; a test compares the two. Meanings are in the ontology
file and, for the people who label documents, in the labelling guide.
"""

from typing import Final, Literal

__all__ = [
    "ENTITY_CLASSES",
    "ID_PREFIX",
    "MODALITIES",
    "QUALIFIERS",
    "RELATIONS",
    "STATUSES",
    "SYMMETRIC_RELATIONS",
    "Modality",
]

# Class name -> first part of the ids and IRIs of its members ("country/JPN").
ID_PREFIX: Final = {
    "Country": "country",
    "Place": "place",
    "Organization": "organization",
    "Forum": "forum",
    "Event": "event",
    "Agreement": "agreement",
    "Policy": "policy",
    "Programme": "programme",
    "Person": "person",
    "IssueArea": "issue",
}

ENTITY_CLASSES: Final = tuple(ID_PREFIX)

RELATIONS: Final = (
    "partyTo",
    "memberOf",
    "participatesIn",
    "hosts",
    "chairs",
    "heldIn",
    "sessionOf",
    "addresses",
    "adopts",
    "establishes",
    "providesAssistanceTo",
    "cooperatesWith",
    "deploysTo",
    "visits",
    "holdsPosition",
    "locatedIn",
    "partOf",
    "recognizes",
    "hasDiplomaticRelationsWith",
    "disputesWith",
    "criticizes",
    "supports",
)

SYMMETRIC_RELATIONS: Final = frozenset({"cooperatesWith", "disputesWith", "hasDiplomaticRelationsWith"})

QUALIFIERS: Final = (
    "date",
    "start",
    "end",
    "status",
    "amount",
    "currency",
    "purpose",
    "position",
    "place",
    "issue",
)

Modality = Literal["asserted", "planned", "called-for", "conditional", "denied"]

MODALITIES: Final[tuple[Modality, ...]] = ("asserted", "planned", "called-for", "conditional", "denied")

# Values of the qualifier "status": of agreements, of memberships, of diplomatic relations.
STATUSES: Final = (
    "signed",
    "concluded",
    "ratified",
    "acceded",
    "inForce",
    "negotiating",
    "agreed",
    "considering",
    "member",
    "observer",
    "partner",
    "non-permanent",
    "founding",
    "established",
    "severed",
    "resumed",
)
