"""What the sources can speak of: since when, why not before, how many there should be."""

from dataclasses import dataclass

from seed.table import to_csv

FILE = "scopes.csv"
HEADER = ("about", "since", "reason_before", "basis", "expected", "settles")


@dataclass(frozen=True, slots=True)
class Scope:
    """What can be known of one concept, relationship type or property (concept.property)."""

    about: str
    since: str
    reason_before: str
    basis: str
    expected: int | None = None
    settles: str = ""


_STATUTE = "Health and Care Act 2022: established on 1 July 2022"
_MAP = "NHS England's practice maps of 1 January and 1 August 2026"
_OLDER_MAPS = "an earlier practice map, published every month"

SCOPES = (
    Scope(
        "NHSRegion", "2024-01-01", "BEFORE_SOURCES", "ONS boundaries of NHS England regions, January 2024", 7,
        "an earlier ONS list of NHS England regions",
    ),
    Scope("IntegratedCareSystem", "2022-07-01", "NONE_EXISTS", f"{_STATUTE}; 42 until 31 March 2026, 36 since", 36),
    Scope("IntegratedCareBoard", "2022-07-01", "NONE_EXISTS", f"{_STATUTE}; 42 until 31 March 2026, 36 since", 36),
    Scope("SubICBLocation", "2022-07-01", "NONE_EXISTS", "ODS: every sub-ICB location began on 1 July 2022", 106),
    Scope(
        "ClinicalCommissioningGroup", "2013-04-01", "NONE_EXISTS",
        "Health and Social Care Act 2012: from 1 April 2013 to 30 June 2022",
    ),
    Scope(
        "PrimaryCareNetwork", "2019-04-01", "BEFORE_SOURCES",
        "the earliest opening date of ODS (ePCN, January 2026); the practice map of August 2026 names 1,298, and six "
        "more that it no longer names were closed by no source", None, "an ePCN extract from after August 2026",
    ),
    Scope(
        "GPPractice", "1974-04-01", "BEFORE_SOURCES",
        "the earliest opening date of ODS (epraccur, March 2026), which leaves out practices that closed long ago",
        None, "the ODS archive of closed practices",
    ),
    Scope(
        "GPPractice.supplier", "2026-01-01", "BEFORE_SOURCES", _MAP, None, _OLDER_MAPS,
    ),
    Scope(
        "NHSTrust", "1991-04-01", "BEFORE_SOURCES",
        "the earliest opening date of ODS (etr, July 2026: 199 open in England), which leaves out care trusts (TAD, TAH"
        " and TAJ are mentioned elsewhere) and old closures", None, "an ODS file of care trusts and of old closures",
    ),
    Scope(
        "LocalAuthority", "2023-04-01", "BEFORE_SOURCES",
        "ONS: districts and upper tier of April 2023 and June 2026 (296 districts, 153 upper tier)",
        317, "the ONS history of codes",
    ),
    Scope(
        "KnowledgeService", "2004-01-01", "BEFORE_SOURCES",
        "115 of the 177 knowledge and library services that library.nhs.uk counts are known here, from their own pages",
        177, "the national list of services, with its codes",
    ),
    Scope(
        "HostOrganisation", "2004-01-01", "BEFORE_SOURCES", "hosts that are no NHS trust, as pages name them", None,
        "the national list of services, with their hosts",
    ),
    Scope(
        "Eligibility", "2004-01-01", "BEFORE_SOURCES",
        "pages of 80 services, read in November 2026; most services say nothing of whom they serve", None,
        "the pages or agreements of the other services",
    ),
    Scope(
        "Agreement", "2010-01-01", "BEFORE_SOURCES", "agreements that the pages of services mention", None,
        "the agreements themselves",
    ),
    Scope(
        "Claim", "2026-01-01", "BEFORE_SOURCES",
        "what the files of 2026 and the pages read in November 2026 say against each other of the same time", None,
        "extracts of other dates from two sources that speak of the same",
    ),
    Scope(
        "BoardSeat", "2022-07-01", "NONE_EXISTS",
        "National Health Service Act 2006, Schedule 1B, and NHS England's guidance: 14 roles and totals that every "
        "board must have; who sits on a seat is not held", 14, "",
    ),
    Scope(
        "DocumentRequirement", "2022-07-01", "NONE_EXISTS",
        "what the Act requires of every board, and the governance handbook that is custom", 7, "",
    ),
    Scope(
        "Document", "2022-01-01", "BEFORE_SOURCES",
        "titles are known for 32 of the 48 boards that there have been, and two assessments of all; each board must "
        "have five kinds of its own", None, "the pages of the other boards",
    ),
    Scope(
        "Meeting", "2022-07-01", "NONE_EXISTS",
        "the meetings of the 42 boards of before April 2026 and of four partnerships; each of the 36 boards and 36 "
        "partnerships meets", 72, "the pages of the boards that began in April 2026, and of the partnerships",
    ),
    Scope(
        "CommissioningFunction", "2022-07-01", "NONE_EXISTS",
        "functions that pages name as delegated to boards, shared with them, kept by NHS England, or the boards' own",
        None, "NHS England's scheme of delegation",
    ),
    Scope("Term", "2022-07-01", "BEFORE_SOURCES", "38 words of the field, each from a page that explains it"),
    Scope(
        "IntegratedCareBoard.population", "2022-07-01", "BEFORE_SOURCES",
        "pages of boards and others; years and what is counted differ, and some give no number", 36,
        "an ONS estimate for the areas of the boards",
    ),
    Scope(
        "IntegratedCareBoard.website", "2022-07-01", "BEFORE_SOURCES", "pages, and public lists of websites", 36,
        "the pages of the boards that began in April 2026",
    ),
    Scope(
        "IntegratedCareBoard.headquarters", "2022-07-01", "BEFORE_SOURCES",
        "mostly the address of a board's only sub-ICB location, which can be an old office", 36,
        "an ODS extract that holds the addresses of the boards themselves",
    ),
    Scope(
        "CommissioningSupportUnit", "2026-11-01", "BEFORE_SOURCES",
        "one unit, which one page of a knowledge and library service names", None,
        "NHS England's list of commissioning support units, and whom each supports",
    ),
    Scope(
        "SERVES_STAFF_OF", "2026-11-01", "BEFORE_SOURCES", "one page of a knowledge and library service", None,
        "the pages of other services",
    ),
    Scope("SEAT_OF", "2022-07-01", "NONE_EXISTS", "14 at each of 36 boards", 504),
    Scope("REQUIRED_OF", "2022-07-01", "NONE_EXISTS", "seven at each of 36 boards", 252),
    Scope(
        "DOCUMENT_OF", "2022-07-01", "NONE_EXISTS", "pages that name documents of boards", None,
        "the pages of the other boards",
    ),
    Scope("MEETS", "2022-07-01", "NONE_EXISTS", "derived: a document of the kind that is required"),
    Scope(
        "MEETING_OF", "2022-07-01", "NONE_EXISTS", "pages of boards, partnerships and the press", None,
        "the pages of the boards that began in April 2026",
    ),
    Scope(
        "DELEGATED_TO", "2022-07-01", "NONE_EXISTS",
        "pages of NHS England, boards and the press; what was delegated to the six boards of April 2026 is not stated",
        None, "NHS England's delegation agreements",
    ),
    Scope(
        "COMMISSIONED_JOINTLY_WITH", "2023-04-01", "NONE_EXISTS",
        "joint committees for specialised services, from 1 April 2023; the last ended on 31 March 2025",
    ),
    Scope("FUNCTION_OF", "2022-07-01", "NONE_EXISTS", _STATUTE),
    Scope(
        "ProviderCollaborative", "2014-01-01", "BEFORE_SOURCES",
        "37 collaboratives that published pages name, one of them followed by another; nobody publishes how many there "
        "are", None, "a national list of provider collaboratives",
    ),
    Scope(
        "TrainingHub", "2015-01-01", "BEFORE_SOURCES",
        "12 hubs that published pages name; every one of the 42 integrated care systems of July 2022 had one (Health "
        "Education England)", 42, "a national list of training hubs",
    ),
    Scope(
        "KnowledgeSpecialistPost", "2021-09-01", "NONE_EXISTS",
        "the pilot of embedded knowledge specialists: 15 hubs, of which two are named with their library", 15,
        "the list of the 15 pilot hubs, and a source of what followed in each",
    ),
    Scope(
        "KnowledgeNetwork", "2011-01-01", "BEFORE_SOURCES",
        "25 networks that published pages name, one of them merged into another; nobody publishes how many there are",
        None, "a national list of networks of knowledge services",
    ),
    Scope(
        "NationalOffer", "2013-09-01", "BEFORE_SOURCES", "what pages say of who is eligible for national core content",
        None, "the eligibility rules of NHS OpenAthens",
    ),
    Scope(
        "COLLABORATIVE_MEMBER", "2015-01-01", "BEFORE_SOURCES",
        "22 of 37 collaboratives have members with codes; of five some or all are inferred from the trusts of their "
        "system", None, "the lists of members",
    ),
    Scope(
        "COLLABORATIVE_IN", "2022-07-01", "NONE_EXISTS", "the systems that pages name; boards began on 1 July 2022",
    ),
    Scope("HUB_OF", "2022-07-01", "NONE_EXISTS", "the systems that pages name; systems began by law on 1 July 2022"),
    Scope(
        "HUB_HOSTED_BY", "2015-01-01", "BEFORE_SOURCES", "one host is named by a page", None,
        "pages that name the hosts"
    ),
    Scope("POST_IN", "2021-09-01", "NONE_EXISTS", "the pilot of embedded knowledge specialists"),
    Scope("POST_WITH", "2021-09-01", "NONE_EXISTS", "the pilot of embedded knowledge specialists"),
    Scope("POST_SERVES", "2021-09-01", "NONE_EXISTS", "the pilot of embedded knowledge specialists"),
    Scope(
        "NETWORK_MEMBER", "2015-07-16", "BEFORE_SOURCES",
        "12 of 25 networks have members that a source names; the others describe them in prose only", None,
        "the lists of members",
    ),
    Scope("BOARD_OF", "2022-07-01", "NONE_EXISTS", _STATUTE),
    Scope("IN_REGION", "2026-01-01", "BEFORE_SOURCES", _MAP, None, _OLDER_MAPS),
    Scope("SUB_ICB_OF", "2022-07-01", "NONE_EXISTS", "ODS; the LSOA bridge of 2024 agrees"),
    Scope(
        "PARENTED_BY", "2026-01-02", "BEFORE_SOURCES", "ePCN of 2 January 2026; nothing since", None,
        "an ePCN extract of another date",
    ),
    Scope(
        "NETWORK_IN", "2022-07-01", "NONE_EXISTS", "derived from the commissioners of a network's practices", None,
        "",
    ),
    Scope(
        "MEMBER_OF", "2019-10-01", "BEFORE_SOURCES",
        "ePCN core partners of March 2026, and the practice map of 1 August 2026", None,
        "an ePCN extract from after March 2026 (it would date what the map only shows)",
    ),
    Scope(
        "COMMISSIONED_BY", "2022-07-01", "NONE_EXISTS",
        "epraccur of March 2026, which holds the last commissioner only, and the practice maps of 2026", None,
        "an ODS extract with every commissioner of a practice",
    ),
    Scope(
        "COMMISSIONED_BY_GROUP", "2013-04-01", "NONE_EXISTS",
        "epraccur of March 2026, which holds the last commissioner only", None,
        "an ODS extract with every commissioner of a practice",
    ),
    Scope("LISTED_IN", "2026-01-01", "BEFORE_SOURCES", f"{_MAP}: practices with patients", 6129, _OLDER_MAPS),
    Scope(
        "LOCATED_IN", "2025-07-01", "BEFORE_SOURCES",
        "postcodes of trusts from mid 2025, of practices and networks from January 2026", None,
        "ODS extracts of earlier dates, with the addresses of then",
    ),
    Scope(
        "TRUST_IN", "2025-07-01", "BEFORE_SOURCES", "ODS files of mid 2025 and July 2026", None,
        "an etr file of another date",
    ),
    Scope(
        "WITHIN", "2023-04-01", "BEFORE_SOURCES", "ONS: April 2023 and June 2026", None, "an earlier ONS lookup",
    ),
    Scope(
        "AUTHORITY_IN", "2024-04-01", "BEFORE_SOURCES", "ONS: LSOAs of 2021, boards of 2024 and of April 2026", None,
        "the ONS lookup of 2022",
    ),
    Scope(
        "SUCCEEDED_BY", "1992-04-01", "BEFORE_SOURCES", "the ODS succession file of May 2026, and the boards' of April",
        None, "an ODS succession file from after May 2026",
    ),
    Scope(
        "HOSTED_BY", "2004-01-01", "BEFORE_SOURCES",
        "the pages of services; 97 of 199 trusts host a service that is known and not past",
        None, "the national list of services, with their hosts",
    ),
    Scope("HAS_ELIGIBILITY", "2004-01-01", "BEFORE_SOURCES", "the pages of services", None, "pages of other services"),
    Scope("ELIGIBILITY_AREA", "2004-01-01", "BEFORE_SOURCES", "areas with codes", None, "codes of the others"),
    Scope("HAS_AGREEMENT", "2010-01-01", "BEFORE_SOURCES", "the pages of services", None, "the agreements themselves"),
    Scope("AGREEMENT_AREA", "2010-01-01", "BEFORE_SOURCES", "areas with codes", None, "codes of the others"),
    Scope(
        "HAS_IDENTIFIER", "2023-04-01", "BEFORE_SOURCES", "ONS codes of the boundaries of April 2023 and later files",
        None, "the ONS history of codes",
    ),
    Scope(
        "IntegratedCarePartnership", "2022-07-01", "NONE_EXISTS",
        f"{_STATUTE}, one for each system; 35 of the first 42 have a name that is known, the six of April 2026 none",
        36, "the names on the pages of the systems",
    ),
    Scope("PARTNERSHIP_OF", "2022-07-01", "NONE_EXISTS", _STATUTE),
    Scope(
        "PARTNERSHIP_MEMBER", "2023-04-01", "BEFORE_SOURCES",
        "section 116ZA: the board and each upper-tier authority with a part in its area, which are known from April "
        "2023; pages of 26 state theirs",
        None, "the partnerships' own lists of members",
    ),
    Scope(
        "Place", "2019-01-01", "BEFORE_SOURCES",
        "161 places in 39 of the 42 systems of 2022, as pages name them, of about 175; none is named for Dorset, "
        "Lincolnshire, Staffordshire and the systems of April 2026", 175, "a list of each system's places by itself",
    ),
    Scope(
        "PLACE_IN", "2022-07-01", "BEFORE_SOURCES", "pages that name places; an undated one speaks from November 2026",
        None, "a list of each system's places by itself",
    ),
    Scope(
        "PLACE_AUTHORITY", "2023-04-01", "BEFORE_SOURCES",
        "18 places whose authorities a page states, 108 of an authority's name, 31 inferred from the name", None,
        "a page that names the authorities of each place",
    ),
    Scope(
        "PLACE_SUB_ICB", "2022-07-01", "BEFORE_SOURCES", "55 places whose area is that of sub-ICB locations", None,
        "the boundaries of the places",
    ),
    Scope(
        "Neighbourhood", "2019-04-01", "BEFORE_SOURCES",
        "derived: the footprint that one primary care network serves, one for each", None,
        "published neighbourhoods of each system",
    ),
    Scope("NEIGHBOURHOOD_OF", "2019-04-01", "BEFORE_SOURCES", "derived: one for each primary care network"),
    Scope(
        "NEIGHBOURHOOD_IN", "2025-07-01", "BEFORE_SOURCES",
        "derived: the practices of the network that lie in authorities of which the place takes in the whole", None,
        "the boundaries of places that take in a part of an authority",
    ),
    Scope(
        "HealthAndWellbeingBoard", "2023-04-01", "BEFORE_SOURCES",
        "Health and Social Care Act 2012, section 194: one for each upper-tier authority since 1 April 2013; which "
        "these were is known here from April 2023", 153, "the ONS history of authorities",
    ),
    Scope("BOARD_FOR", "2023-04-01", "BEFORE_SOURCES", "Health and Social Care Act 2012, section 194"),
    Scope(
        "WELLBEING_BOARD_IN", "2024-04-01", "BEFORE_SOURCES", "derived from the districts of the board's authority",
        None, "the ONS lookup of 2022",
    ),
    Scope(
        "Programme", "2025-09-09", "BEFORE_SOURCES", "the announcements of wave 1 of neighbourhood health", None,
        "the programme's own pages",
    ),
    Scope(
        "PROGRAMME_MEMBER", "2025-09-09", "BEFORE_SOURCES", "21 of the 43 places of wave 1 are named in pages read",
        43, "the programme's list of its 43 places",
    ),
    Scope(
        "BoardCluster", "2025-01-01", "BEFORE_SOURCES", "clusters of boards that were announced in 2025", None,
        "NHS England's list of clusters",
    ),
    Scope("CLUSTERED_IN", "2025-01-01", "BEFORE_SOURCES", "announcements of 2025", None, "NHS England's list"),
    Scope(
        "PlannedChange", "2025-01-01", "BEFORE_SOURCES",
        "announcements that were not carried out by April 2026; no code of a future board is published", None,
        "the orders that establish new boards",
    ),
    Scope("CONCERNS", "2025-01-01", "BEFORE_SOURCES", "announcements of changes", None, "the orders themselves"),
)  # fmt: skip


def file() -> bytes:
    """Return `scopes.csv`."""
    rows = sorted(
        (one.about, one.since, one.reason_before, one.basis, str(one.expected or ""), one.settles) for one in SCOPES
    )
    return to_csv(HEADER, [tuple(row) for row in rows])
