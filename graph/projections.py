"""Networks of one or two kinds of actors made from claims; each says what a weight means.

Only asserted claims count: what is planned, called for or denied joins nobody. Every network is a plain
networkx graph without parallel edges; nodes (sorted by id) carry ``label``, ``cls`` and ``iso3``, edges
``weight``; ``network.graph["weight"]`` says in words what the weight means.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Final

import networkx as nx
from diplograph.extract.records import Claim
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.relations import relation_traits

__all__ = [
    "PROJECTIONS",
    "aid_flow",
    "aid_ties",
    "all_ties",
    "co_mention",
    "cooperation",
    "country_forum",
    "forum_issue",
    "shared_agreements",
    "shared_forums",
    "shared_meetings",
    "signed_network",
]

# About the length of a sentence of this register: names closer than this are usually in one sentence.
CO_MENTION_WINDOW: Final = 200


def _facts(kg: KnowledgeGraph) -> Iterable[Claim]:
    return (claim for claim in kg.claims if claim.modality == "asserted")


def _network(kg: KnowledgeGraph, nodes: Iterable[str], weight: str, *, directed: bool = False) -> nx.Graph:
    network = nx.DiGraph() if directed else nx.Graph()
    network.graph["weight"] = weight
    for key in sorted(set(nodes)):
        entity = kg.entities[key]
        network.add_node(key, label=entity.label, cls=entity.cls, iso3=entity.iso3)
    return network


def _weighted(
    kg: KnowledgeGraph, weights: Mapping[tuple[str, str], float], meaning: str, *, directed: bool = False
) -> nx.Graph:
    network = _network(kg, (key for pair in weights for key in pair), meaning, directed=directed)
    for (first, second), weight in sorted(weights.items()):
        network.add_edge(first, second, weight=weight)
    return network


def _shared(kg: KnowledgeGraph, groups: Mapping[str, set[str]], newman: bool, what: str) -> nx.Graph:
    weights: dict[tuple[str, str], float] = {}
    for key in sorted(groups):
        states = sorted(groups[key])
        share = 1.0 / (len(states) - 1) if newman and len(states) > 1 else 1
        for pair in combinations(states, 2):
            weights[pair] = weights.get(pair, 0) + share
    what = f"sum over {what} of 1 / (states in it - 1)" if newman else f"number of {what}"
    return _weighted(kg, {pair: round(value, 9) for pair, value in weights.items()}, what)


def _states_in(kg: KnowledgeGraph, relations: Iterable[str], classes: Iterable[str]) -> dict[str, set[str]]:
    names, kinds = set(relations), set(classes)
    groups: dict[str, set[str]] = {}
    for claim in _facts(kg):
        if (
            claim.predicate in names
            and kg.entities[claim.subject].cls == "Country"
            and kg.entities[claim.object].cls in kinds
        ):
            groups.setdefault(claim.object, set()).add(claim.subject)
    return groups


def shared_agreements(kg: KnowledgeGraph, *, newman: bool = False) -> nx.Graph:
    """Join states by the agreements to which both are party (of whatever status, also negotiating).

    With ``newman`` an agreement of n states adds ``1 / (n - 1)`` to each of its pairs instead of 1, so that
    universal treaties do not drown the bilateral ones (Newman 2001, doi:10.1103/PhysRevE.64.016132).
    """
    groups = _states_in(kg, ["partyTo"], ["Agreement"])
    return _shared(kg, groups, newman, "agreements to which both are party")


def shared_forums(kg: KnowledgeGraph, *, newman: bool = False) -> nx.Graph:
    """Join states by the forums and organizations in which both are members or take part.

    ``newman`` as in :func:`shared_agreements`.
    """
    groups = _states_in(kg, ["memberOf", "participatesIn", "chairs", "hosts"], ["Forum", "Organization"])
    return _shared(kg, groups, newman, "forums and organizations that both belong to or take part in")


def shared_meetings(kg: KnowledgeGraph, *, newman: bool = False) -> nx.Graph:
    """Join states by the events in which both take part, or which one of them hosts or chairs.

    ``newman`` as in :func:`shared_agreements`.
    """
    groups = _states_in(kg, ["participatesIn", "hosts", "chairs"], ["Event"])
    return _shared(kg, groups, newman, "events in which both take part")


def cooperation(kg: KnowledgeGraph) -> nx.Graph:
    """Join states by the claims that they cooperate (one for each issue and date told of)."""
    weights: dict[tuple[str, str], float] = {}
    for claim in _facts(kg):
        if claim.predicate == "cooperatesWith" and _both_states(kg, claim):
            pair = (claim.subject, claim.object)
            weights[pair] = weights.get(pair, 0) + 1
    return _weighted(kg, weights, "number of claims that the two cooperate")


def _both_states(kg: KnowledgeGraph, claim: Claim) -> bool:
    ends = (claim.subject, claim.object)
    return ends[0] != ends[1] and all(kg.entities[key].cls == "Country" for key in ends)


def aid_flow(kg: KnowledgeGraph, *, currency: str) -> nx.DiGraph:
    """Join giver to receiver by the sums promised or given in one currency.

    The weight is the total in whole units of ``currency`` (ISO 4217); aid without an amount or in another
    currency is left out. A sum that the text gives for several receivers together stands on each of them, as
    the labelling guide has it: totals over receivers may count it more than once.
    """
    weights: dict[tuple[str, str], float] = {}
    for claim in _facts(kg):
        said = claim.qualifiers
        if claim.predicate == "providesAssistanceTo" and said.currency == currency and said.amount:
            pair = (claim.subject, claim.object)
            weights[pair] = weights.get(pair, 0.0) + float(said.amount)
    return _weighted(kg, weights, f"total of the sums told of, in {currency}", directed=True)


def aid_ties(kg: KnowledgeGraph) -> nx.DiGraph:
    """Join giver to receiver by the number of claims of assistance, with or without an amount."""
    weights: dict[tuple[str, str], float] = {}
    for claim in _facts(kg):
        if claim.predicate == "providesAssistanceTo":
            pair = (claim.subject, claim.object)
            weights[pair] = weights.get(pair, 0) + 1
    return _weighted(kg, weights, "number of claims of assistance", directed=True)


def _bipartite(kg: KnowledgeGraph, joins: Callable[[Claim], bool], left: str, meaning: str) -> nx.Graph:
    weights: dict[tuple[str, str], float] = {}
    for claim in _facts(kg):
        if joins(claim):
            pair = (claim.subject, claim.object)
            weights[pair] = weights.get(pair, 0) + 1
    network = _weighted(kg, weights, meaning)
    for key in network:
        network.nodes[key]["bipartite"] = 0 if kg.entities[key].cls == left else 1
    return network


def country_forum(kg: KnowledgeGraph) -> nx.Graph:
    """Join states to forums they belong to, join, chair or host (``bipartite``: 0 state, 1 forum)."""
    names = {"memberOf", "participatesIn", "chairs", "hosts"}

    def joins(claim: Claim) -> bool:
        ends = (kg.entities[claim.subject].cls, kg.entities[claim.object].cls)
        return claim.predicate in names and ends == ("Country", "Forum")

    return _bipartite(kg, joins, "Country", "number of claims that the state belongs to or acts in the forum")


def forum_issue(kg: KnowledgeGraph) -> nx.Graph:
    """Join forums to the issues they address (``bipartite``: 0 forum, 1 issue)."""

    def joins(claim: Claim) -> bool:
        return claim.predicate == "addresses" and kg.entities[claim.subject].cls == "Forum"

    return _bipartite(kg, joins, "Forum", "number of claims that the forum addresses the issue")


def co_mention(kg: KnowledgeGraph, *, cls: str = "Country", window: int = CO_MENTION_WINDOW) -> nx.Graph:
    """Join entities of a class by how often they are named close to each other.

    The weight counts pairs of mentions in one document whose starts are at most ``window`` code points apart.
    Says nothing of what joins the two: compare it with the typed networks.
    """
    weights: dict[tuple[str, str], float] = {}
    recent: list[tuple[int, str]] = []
    document = ""
    for mention in kg.mentions:
        if kg.entities[mention.entity].cls != cls:
            continue
        if mention.document != document:
            document, recent = mention.document, []
        recent = [(start, key) for start, key in recent if mention.span.start - start <= window]
        for _, key in recent:
            if key != mention.entity:
                pair = (min(key, mention.entity), max(key, mention.entity))
                weights[pair] = weights.get(pair, 0) + 1
        recent.append((mention.span.start, mention.entity))
    return _weighted(kg, weights, f"number of times the two are named within {window} code points")


def signed_network(kg: KnowledgeGraph) -> nx.Graph:
    """Join states by friendly and hostile claims between them (the signs of ``relations.tsv``).

    ``positive`` and ``negative`` count the claims of each kind in either direction, ``weight`` is their
    difference, and ``sign`` is 1, -1, or 0 where they are equally many. Relations that were severed count as
    hostile.
    """
    traits = relation_traits()
    counts: dict[tuple[str, str], list[int]] = {}
    for claim in _facts(kg):
        sign = traits[claim.predicate].sign
        if claim.qualifiers.status == "severed":
            sign = -1
        if sign and _both_states(kg, claim):
            pair = (min(claim.subject, claim.object), max(claim.subject, claim.object))
            counts.setdefault(pair, [0, 0])[0 if sign > 0 else 1] += 1
    network = _network(kg, (k for pair in counts for k in pair), "friendly claims less hostile claims")
    for (first, second), (positive, negative) in sorted(counts.items()):
        weight = positive - negative
        sign = (weight > 0) - (weight < 0)
        network.add_edge(first, second, weight=weight, sign=sign, positive=positive, negative=negative)
    return network


def all_ties(kg: KnowledgeGraph) -> nx.Graph:
    """Join any two entities by the number of asserted claims between them, whatever their class."""
    weights: dict[tuple[str, str], float] = {}
    for claim in _facts(kg):
        if claim.subject != claim.object:
            pair = (min(claim.subject, claim.object), max(claim.subject, claim.object))
            weights[pair] = weights.get(pair, 0) + 1
    network = _network(kg, kg.entities, "number of claims between the two")
    for (first, second), weight in sorted(weights.items()):
        network.add_edge(first, second, weight=weight)
    return network


# Name for the command line -> the network, for those that need no further choice.
PROJECTIONS: Final[Mapping[str, Callable[[KnowledgeGraph], nx.Graph]]] = MappingProxyType(
    {
        "all": all_ties,
        "agreements": shared_agreements,
        "forums": shared_forums,
        "meetings": shared_meetings,
        "cooperation": cooperation,
        "aid": aid_ties,
        "signed": signed_network,
        "country-forum": country_forum,
        "forum-issue": forum_issue,
        "co-mention": co_mention,
    }
)
