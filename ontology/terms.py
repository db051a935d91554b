# ruff: noqa: N815 -- the terms are written as in core.ttl
"""The names of the Diplograph ontology; what they mean is written in ``core.ttl``."""

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

__all__ = ["DG"]


class DG(DefinedNamespace):
    """Give the terms of ``core.ttl`` as IRIs; a misspelt term raises ``AttributeError``."""

    _NS = Namespace("https://w3id.org/diplograph/ontology#")
    _fail = True

    # Classes
    Agreement: URIRef
    BackgroundFact: URIRef
    Claim: URIRef
    Country: URIRef
    Document: URIRef
    Entity: URIRef
    Event: URIRef
    Forum: URIRef
    IssueArea: URIRef
    Modality: URIRef
    Organization: URIRef
    Person: URIRef
    Place: URIRef
    Policy: URIRef
    Programme: URIRef
    Status: URIRef

    # Relations between entities
    addresses: URIRef
    adopts: URIRef
    chairs: URIRef
    cooperatesWith: URIRef
    criticizes: URIRef
    deploysTo: URIRef
    disputesWith: URIRef
    establishes: URIRef
    hasDiplomaticRelationsWith: URIRef
    heldIn: URIRef
    holdsPosition: URIRef
    hosts: URIRef
    locatedIn: URIRef
    memberOf: URIRef
    partOf: URIRef
    participatesIn: URIRef
    partyTo: URIRef
    providesAssistanceTo: URIRef
    recognizes: URIRef
    sessionOf: URIRef
    supports: URIRef
    visits: URIRef

    # Inverse relations, qualifiers, properties of entities and documents
    addressedBy: URIRef
    adoptedBy: URIRef
    amount: URIRef
    anchor: URIRef
    attribute: URIRef
    authorCountry: URIRef
    chairedBy: URIRef
    characters: URIRef
    confidence: URIRef
    criticizedBy: URIRef
    currency: URIRef
    dateEDTF: URIRef
    dateText: URIRef
    dissolved: URIRef
    earliest: URIRef
    endEDTF: URIRef
    establishedBy: URIRef
    eventType: URIRef
    fileName: URIRef
    founded: URIRef
    hasMember: URIRef
    hasOfficeHolder: URIRef
    hasPart: URIRef
    hasParticipant: URIRef
    hasParty: URIRef
    hasSession: URIRef
    hostedBy: URIRef
    inForce: URIRef
    iso3: URIRef
    issue: URIRef
    latest: URIRef
    locationOf: URIRef
    modality: URIRef
    page: URIRef
    place: URIRef
    position: URIRef
    purpose: URIRef
    ratified: URIRef
    receivesAssistanceFrom: URIRef
    receivesDeploymentFrom: URIRef
    recognizedBy: URIRef
    referenceYear: URIRef
    relatedTo: URIRef
    rule: URIRef
    section: URIRef
    sentences: URIRef
    sha256: URIRef
    signed: URIRef
    startEDTF: URIRef
    status: URIRef
    supportedBy: URIRef
    url: URIRef
    venueOf: URIRef
    visitedBy: URIRef
    year: URIRef

    # Status and modality terms
    Acceded: URIRef
    Agreed: URIRef
    Asserted: URIRef
    CalledFor: URIRef
    Concluded: URIRef
    Conditional: URIRef
    Considering: URIRef
    Denied: URIRef
    Established: URIRef
    Founding: URIRef
    InForce: URIRef
    Member: URIRef
    Negotiating: URIRef
    NonPermanent: URIRef
    Observer: URIRef
    Partner: URIRef
    Planned: URIRef
    Ratified: URIRef
    Resumed: URIRef
    Severed: URIRef
    Signed: URIRef
