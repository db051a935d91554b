"""Put the parts of extraction together: one callable from a document to all that is read out of it."""

from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path

from diplograph.extract.about import load_about
from diplograph.extract.act_dates import load_act_dates
from diplograph.extract.addressing import load_addressing
from diplograph.extract.amounts import load_amount_reader
from diplograph.extract.arguments import load_arguments
from diplograph.extract.attendance import load_attendance
from diplograph.extract.belonging import load_belonging
from diplograph.extract.blame import load_blame
from diplograph.extract.carrying import load_sum_carrier
from diplograph.extract.charges import load_charges
from diplograph.extract.choosing import load_chooser
from diplograph.extract.contingents import load_contingents
from diplograph.extract.cooperation import load_cooperation
from diplograph.extract.counted import load_counted
from diplograph.extract.dates import load_date_reader
from diplograph.extract.deployments import load_deployments
from diplograph.extract.discourse import load_discourse
from diplograph.extract.entailment import load_entailment
from diplograph.extract.envoys import Envoys
from diplograph.extract.fellowship import load_fellowship
from diplograph.extract.frames import load_frames
from diplograph.extract.friction import load_friction
from diplograph.extract.gatherings import load_gatherings
from diplograph.extract.gazetteer import build_gazetteer
from diplograph.extract.guests import load_guests
from diplograph.extract.headings import HeadedEncounters
from diplograph.extract.helping import load_helping
from diplograph.extract.hosting import load_hosting
from diplograph.extract.issues import load_issue_terms
from diplograph.extract.issuing import load_issuing
from diplograph.extract.journeys import load_journeys
from diplograph.extract.lasting import lasting
from diplograph.extract.leading import load_leading
from diplograph.extract.leads import load_leads
from diplograph.extract.listed_facts import load_listed_facts
from diplograph.extract.listed_offices import surnames_in_office
from diplograph.extract.listed_parties import load_listed_parties
from diplograph.extract.locating import located
from diplograph.extract.memberships import load_memberships
from diplograph.extract.missions import load_missions
from diplograph.extract.modality import load_modality
from diplograph.extract.name_grammar import load_name_grammar
from diplograph.extract.name_patterns import load_name_patterns
from diplograph.extract.names import NameFinder
from diplograph.extract.offices_told import OfficesTold
from diplograph.extract.positions import load_positions
from diplograph.extract.presence import load_presence
from diplograph.extract.presiding import load_presiding
from diplograph.extract.proceedings import load_proceedings
from diplograph.extract.programme_places import load_programme_places
from diplograph.extract.qualifying import Qualifier
from diplograph.extract.quarrels import load_quarrels
from diplograph.extract.ranking import load_ranker
from diplograph.extract.records import Claim, Document, Entity, Evidence, Extraction
from diplograph.extract.refusals import load_refusals
from diplograph.extract.relations import RelationReader
from diplograph.extract.reproach import load_reproach
from diplograph.extract.rolls import load_rolls
from diplograph.extract.rule_reading import told_of
from diplograph.extract.shared_titles import load_shared_titles
from diplograph.extract.single_sessions import load_single_sessions
from diplograph.extract.speakers import load_speakers
from diplograph.extract.statuses import load_statuses
from diplograph.extract.stretches import load_stretches
from diplograph.extract.sums import load_sums
from diplograph.extract.tables import TableReader, load_tables
from diplograph.extract.ties import load_ties
from diplograph.extract.titles import load_titles
from diplograph.extract.understood import load_understood
from diplograph.extract.venues import load_venues
from diplograph.extract.voices import load_voices
from diplograph.extract.wordings import load_wordings
from diplograph.ontology.vocabulary import read_table, read_vocabulary, vocabulary_folder

__all__ = ["Extractor", "load_extractor", "rules_folder"]


def rules_folder() -> Path:
    """Give the folder of the rule files that the package ships."""
    return Path(str(resources.files("diplograph.extract.rules")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """Callable from a document to its extraction; settings only."""

    # Not shown: the vocabularies written out would fill a hundred screens of any traceback.
    names: NameFinder = field(repr=False)
    relations: RelationReader = field(repr=False)
    tables: TableReader = field(repr=False)

    def __call__(self, document: Document) -> Extraction:
        """Read a document: mentions by place, entities and claims by id."""
        named = self.names(document)
        reading = self.relations(document, named)
        tabled = self.tables(document, named)
        claims = (*reading.claims, *tabled.claims)
        entities = {**{e.id: e for e in tabled.entities}, **reading.entities}
        mentions = (*named.mentions, *tabled.mentions)
        mentions = tuple(sorted(mentions, key=lambda m: (m.span.start, m.span.end)))
        used = {m.entity for m in mentions} | {e for c in claims for e in (c.subject, c.object)}
        known = {key: entities.get(key) or self.listed(key) for key in sorted(used)}
        return Extraction(
            document=document,
            mentions=mentions,
            entities=tuple(known.values()),
            claims=tuple(_distinct(located(document, claims))),
            rejections=reading.rejections,
        )

    def listed(self, key: str) -> Entity:
        """Give the entity of an id that no name of the document introduced."""
        entry = self.names.gazetteer.entries.get(key)
        if entry is None:
            prefix, _, rest = key.partition("/")
            return Entity(
                id=key,
                cls="IssueArea" if prefix == "issue" else prefix.capitalize(),
                label=rest.replace("-", " "),
            )
        return Entity(id=key, cls=entry.cls, label=entry.label, iso3=entry.iso3, same_as=entry.same_as)


def _distinct(claims: tuple[Claim, ...]) -> list[Claim]:
    """Merge claims that say the same in the same words, keeping the surest rule; sorted by id."""
    best: dict[tuple[str, tuple[Evidence, ...]], Claim] = {}
    for claim in claims:
        key = (claim.id, claim.evidence)
        known = best.get(key)
        if known is None or (claim.confidence, claim.rule) > (known.confidence, known.rule):
            best[key] = claim
    merged: dict[str, Claim] = {}
    for (said, _), claim in sorted(best.items(), key=lambda item: item[0]):
        known = merged.get(said)
        merged[said] = (
            claim
            if known is None
            else replace(
                known,
                evidence=tuple(sorted({*known.evidence, *claim.evidence})),
                qualifiers=known.qualifiers.worded(
                    (*known.qualifiers.date_text, *claim.qualifiers.date_text)
                ),
            )
        )
    return [merged[key] for key in sorted(merged)]


def load_extractor(
    *, rules: Path | None = None, vocabularies: Path | None = None, ranked: bool = True
) -> Extractor:
    """Read rules and vocabularies (by default those of the package) and build the extractor.

    With ``ranked`` false, the rules' own confidence decides instead of the trained ranker.

    Raises:
        TableError: A rule or vocabulary file says something the extractor cannot obey.
    """
    folder, words = rules or rules_folder(), vocabularies or vocabulary_folder()
    with told_of(folder), lasting():
        return _load_extractor(folder, words, ranked=ranked)


def _load_extractor(folder: Path, words: Path, *, ranked: bool) -> Extractor:
    """Read rules and vocabularies and put the parts together."""
    vocabulary = read_vocabulary(words)
    issue_terms = load_issue_terms(words / "issue_terms.tsv")
    arguments = load_arguments(folder)
    titles = load_titles(folder, words)
    gazetteer = build_gazetteer(vocabulary)
    names = NameFinder(
        vocabulary=vocabulary,
        gazetteer=gazetteer,
        chooser=load_chooser(folder, gazetteer.entries),
        sessions=load_single_sessions(folder),
        amounts=load_amount_reader(folder),
        families={row["form"]: row["name"] for row in read_table(folder / "agreement_families.tsv")},
        grammar=load_name_grammar(folder),
        titles=titles,
        in_office=surnames_in_office(vocabulary),
        patterns=load_name_patterns(folder),
        issue_terms=issue_terms,
    )
    name_terms = load_issue_terms(folder / "name_issue_terms.tsv", instead=issue_terms)
    entailment = load_entailment(folder, finder=names, issue_terms=name_terms)
    belonging = load_belonging(folder, names, arguments)
    deployments = load_deployments(folder, arguments, belonging.lies_in, gazetteer.entries)
    positions = load_positions(folder, titles, vocabulary, arguments.irregular)
    shared_titles = load_shared_titles(folder, titles, positions.holders)
    return Extractor(
        names=names,
        relations=RelationReader(
            readers=(
                entailment,
                positions,
                shared_titles,
                load_leading(folder, titles),
                belonging,
                load_programme_places(folder, arguments, arguments.irregular, belonging.lies_in),
                load_memberships(folder, arguments),
                load_presiding(folder),
                load_listed_parties(folder, arguments),
                deployments,
                load_contingents(folder, arguments, deployments),
                load_missions(folder, arguments, gazetteer.entries),
                load_wordings(folder, gazetteer.entries),
                load_helping(folder, arguments),
                load_sums(folder, arguments),
                load_journeys(folder, arguments),
                load_guests(folder, belonging.lies_in),
                Envoys(
                    (
                        load_attendance(folder, arguments, entailment.occasions),
                        load_frames(folder, arguments),
                        load_presence(folder, entailment.occasions.meets),
                        load_rolls(folder),
                        load_venues(
                            folder, meets=entailment.occasions.meets, seats=entailment.occasions.seats
                        ),
                        load_gatherings(
                            folder,
                            arguments,
                            entailment.occasions,
                            inner=names.inner_hits,
                            lies_in=belonging.lies_in,
                        ),
                        HeadedEncounters(),
                        load_proceedings(folder, entailment.occasions.meets),
                        load_hosting(
                            folder, arguments, meets=entailment.occasions.meets, entries=gazetteer.entries
                        ),
                    )
                ),
                load_understood(folder),
                load_cooperation(folder, arguments, parties=entailment),
                load_fellowship(folder, arguments),
                load_ties(folder, arguments),
                load_friction(folder, arguments, inside=entailment.inside),
                load_blame(folder, arguments),
                load_reproach(folder, arguments, entries=gazetteer.entries),
                load_quarrels(folder, arguments),
                load_stretches(folder, arguments),
                load_charges(folder, arguments),
                load_issuing(folder, arguments, gazetteer.entries, entailment.inside),
                load_addressing(
                    folder,
                    arguments.irregular,
                    gazetteer.entries,
                    inside=entailment.inside,
                    carried=entailment,
                ),
            ),
            discourse=load_discourse(folder, names.inner_hits),
            speakers=load_speakers(folder, positions, positions.holders.offices),
            voices=load_voices(folder),
            ranker=load_ranker(folder) if ranked else None,
            refusals=load_refusals(folder, gazetteer.entries.values()),
            leads=load_leads(folder),
            listed=load_listed_facts(gazetteer.entries, words),
            counted=load_counted(folder),
            about=load_about(folder, entailment.occasions.meets, deployments.lands),
            qualifier=Qualifier(
                offices=OfficesTold(positions=positions, shared=shared_titles),
                dates=load_date_reader(folder),
                amounts=load_amount_reader(folder),
                modality=load_modality(folder, arguments),
                status=load_statuses(folder, arguments),
                sums=load_sum_carrier(folder),
                acts=load_act_dates(folder, arguments),
            ),
        ),
        tables=load_tables(folder),
    )
