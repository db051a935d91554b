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

_ACTOR: Final = ("Country", "Organization")
_BODY: Final = ("Organization", "Forum")

# Relation -> classes of its subject, classes of its object.
RELATION_CLASSES: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "partyTo": (_ACTOR, ("Agreement",)),
    "memberOf": ((*_ACTOR, "Person"), _BODY),
    "participatesIn": ((*_ACTOR, "Person"), ("Event", "Forum", "Programme")),
    "hosts": (_ACTOR, ("Event", "Forum")),
    "chairs": (("Country", "Person", "Organization"), (*_BODY, "Event")),
    "heldIn": (("Event", "Forum"), ("Place", "Country")),
    "sessionOf": (("Event",), ("Forum", "Organization")),
    "addresses": (("Forum", "Organization", "Event", "Agreement", "Policy", "Programme"), ("IssueArea",)),
    "adopts": ((*_ACTOR, "Forum", "Event"), ("Agreement", "Policy")),
    "establishes": ((*_ACTOR, "Forum", "Event", "Agreement"), (*_BODY, "Programme")),
    "providesAssistanceTo": (_ACTOR, (*_ACTOR, "Programme", "Place", "Event")),
    "cooperatesWith": (_ACTOR, _ACTOR),
    "deploysTo": (_ACTOR, ("Country", "Place", "Programme")),
    "visits": (("Person", *_ACTOR), ("Country", "Place")),
    "holdsPosition": (("Person",), ("Country", "Organization", "Forum")),
    "locatedIn": (("Place", "Organization", "Programme"), ("Place", "Country")),
    "partOf": (
        ("Organization", "Programme", "Agreement", "Place"),
        ("Organization", "Programme", "Agreement", "Place"),
    ),
    "recognizes": (_ACTOR, _ACTOR),
    "hasDiplomaticRelationsWith": (("Country",), ("Country",)),
    "disputesWith": (("Country",), ("Country",)),
    "criticizes": ((*_ACTOR, "Forum", "Event"), (*_ACTOR, "Event")),
    "supports": (
        ("Country", "Organization", "Forum", "Person"),
        ("Agreement", "Policy", "Event", "Programme", "Organization", "Forum"),
    ),
}

# (class of subject, class of object) -> relations that may join them, in the order of RELATIONS.
SIGNATURES: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    (head, tail): tuple(
        relation
        for relation in RELATIONS
        if head in RELATION_CLASSES[relation][0] and tail in RELATION_CLASSES[relation][1]
    )
    for head in ENTITY_CLASSES
    for tail in ENTITY_CLASSES
}

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
