"""From documents to five findings with figures, in one script.

Run it from the root of the repository::

    python examples/five_findings.py samples findings

The first argument is a folder of documents (with a manifest.csv or without), the second a folder for the
figures and tables; needs the extra "figures" (matplotlib).
"""

import sys
from pathlib import Path

from diplograph.exports.figures import draw_issue_years, draw_life_cycle, save_figure
from diplograph.exports.flows import draw_flows
from diplograph.exports.networks import draw_network
from diplograph.exports.tables import write_csv
from diplograph.graph.analysis import describe_network, rank_entities
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.graph.paths import tell
from diplograph.graph.projections import aid_ties, all_ties, shared_agreements
from diplograph.graph.timeline import life_cycle

from diplograph.pipeline import build_graph_of, read_documents


def read(folder: Path) -> KnowledgeGraph:
    """Read the documents of a folder into a graph."""
    manifest = folder / "manifest.csv"
    documents, _ = read_documents([folder], manifest=manifest if manifest.is_file() else None)
    return build_graph_of(documents).graph


def who_stands_in_the_middle(kg: KnowledgeGraph, out: Path) -> None:
    """Finding 1: who joins most others, by betweenness over all asserted claims."""
    print("1. Who stands in the middle")
    for row in rank_entities(kg, measure="betweenness", limit=5):
        print(f"   {row.rank}. {row.label} ({row.cls}): on {row.value:.1%} of the shortest ways")
    save_figure(draw_network(all_ties(kg), title="Who is joined to whom"), out / "1-network.png")


def which_agreement_joins_most(kg: KnowledgeGraph, out: Path) -> None:
    """Finding 2: the agreement with most parties, and its life."""
    lives = [life_cycle(kg, key) for key, entity in kg.entities.items() if entity.cls == "Agreement"]
    widest = max(lives, key=lambda life: (len(life.parties), life.agreement))
    figures = describe_network(shared_agreements(kg))
    print("2. Which agreement joins most")
    print(f"   {kg.entities[widest.agreement].label}: {len(widest.parties)} parties are told of")
    print(f"   {figures['nodes']} states share agreements in {figures['ties']} pairs")
    save_figure(draw_life_cycle(kg, widest.agreement), out / "2-agreement.png")


def what_is_on_the_agenda(kg: KnowledgeGraph, out: Path) -> None:
    """Finding 3: which issues come up when."""
    issues = [key for key, entity in kg.entities.items() if entity.cls == "IssueArea"]
    most = sorted(issues, key=lambda key: (-len(kg.claims_of(key)), key))[:3]
    print("3. What is on the agenda")
    for key in most:
        print(f"   {kg.entities[key].label}: {len(kg.claims_of(key))} claims")
    save_figure(draw_issue_years(kg, title="Issues by year"), out / "3-issues.png")


def who_gives_to_whom(kg: KnowledgeGraph, out: Path) -> None:
    """Finding 4: assistance, with the sums that the documents name."""
    given = [claim for claim in kg.asserted().select(relation="aid") if claim.qualifiers.amount]
    print("4. Who gives to whom")
    for claim in sorted(given, key=lambda claim: (-float(claim.qualifiers.amount), claim.id))[:3]:
        print(f"   {tell(kg, claim)}: “{' '.join(claim.evidence[0].text.split())}”")
    save_figure(draw_flows(aid_ties(kg), title="Assistance, by number of claims"), out / "4-aid.png")


def how_two_are_connected(kg: KnowledgeGraph, out: Path) -> None:
    """Finding 5: the best supported chain between the two best connected states that share no claim."""
    states = [row.entity for row in rank_entities(kg, limit=200) if row.cls == "Country"][:12]
    print("5. How two are connected")
    for number, first in enumerate(states):
        for second in states[number + 1 :]:
            chains = kg.paths(first, second)
            if chains and len(chains[0].links) > 1:
                print(f"   {chains[0].words}")
                for sentence in chains[0].sentences:
                    print(f"   “{' '.join(sentence.split())}”")
                return


def main(source: Path, out: Path) -> None:
    """Read the documents, print the findings, and leave figures and tables in ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    kg = read(source)
    print(f"{len(kg.documents)} documents, {len(kg.entities)} entities, {len(kg.claims)} claims")
    who_stands_in_the_middle(kg, out)
    which_agreement_joins_most(kg, out)
    what_is_on_the_agenda(kg, out)
    who_gives_to_whom(kg, out)
    how_two_are_connected(kg, out)
    write_csv(kg, out, tables=["claims", "dyad_years", "events"])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python examples/five_findings.py DOCUMENTS OUTPUT")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
