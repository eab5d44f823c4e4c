"""The tidy tables: which file holds which concept or relationship, and what each of its columns means.

A file's header is exactly: the key columns, the own columns (a `point` takes two, latitude and longitude), the common
columns. Whoever reads a table, writes one or turns one into changes takes the layout from here and from nowhere else.
"""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["text", "integer", "decimal", "boolean", "date", "list", "point"]
"""`list` is `;`-joined; `point` is the pair of columns latitude, longitude in WGS84 degrees."""

Precision = Literal["DAY", "MONTH", "YEAR", "NO_LATER_THAN", "UNKNOWN"]
Standing = Literal["PUBLISHED", "STATUTORY", "DERIVED"]

PRECISIONS: tuple[Precision, ...] = ("DAY", "MONTH", "YEAR", "NO_LATER_THAN", "UNKNOWN")
STANDINGS: tuple[Standing, ...] = ("PUBLISHED", "STATUTORY", "DERIVED")

COMMON_COLUMNS = (
    "valid_from",
    "valid_from_precision",
    "valid_to",
    "valid_to_precision",
    "standing",
    "source",
    "other_sources",
    "absences",
)


@dataclass(frozen=True, slots=True)
class Column:
    """One own value of a concept or relationship: its column, its property in the graph, its kind."""

    name: str
    property: str
    kind: Kind = "text"
    required: bool = False


def headers(column: Column) -> tuple[str, ...]:
    """Return the column names that an own value takes in the file."""
    return ("latitude", "longitude") if column.kind == "point" else (column.name,)


@dataclass(frozen=True, slots=True)
class NodeTable:
    """A table of one concept; several rows of one code are its successive states, whose intervals touch."""

    file: str
    label: str
    coded: Literal["Organisation", "Area"] | None
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that name the thing."""
        return ("code",)

    @property
    def header(self) -> tuple[str, ...]:
        """The whole header row of the file."""
        return (*self.keys, *(name for column in self.columns for name in headers(column)), *COMMON_COLUMNS)


@dataclass(frozen=True, slots=True)
class LinkTable:
    """A table of one relationship type; `start` and `end` are the concepts that it may join."""

    file: str
    type: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    columns: tuple[Column, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that name the two ends; a concept is named only where there are several."""
        start = ("start_concept", "start") if len(self.start) > 1 else ("start",)
        end = ("end_concept", "end") if len(self.end) > 1 else ("end",)
        return (*start, *end)

    @property
    def header(self) -> tuple[str, ...]:
        """The whole header row of the file."""
        return (*self.keys, *(name for column in self.columns for name in headers(column)), *COMMON_COLUMNS)


Table = NodeTable | LinkTable

NAME = Column("name", "name", required=True)
ODS_CODE = Column("ods_code", "odsCode", required=True)
ONS_CODE = Column("ons_code", "onsCode")
POSTCODE = Column("postcode", "postcode")
ADDRESS_LINES = Column("address_lines", "addressLines", "list")
LOCATION = Column("location", "location", "point")
REGISTERED_PATIENTS = (
    Column("registered_patients", "registeredPatients", "integer"),
    Column("registered_patients_as_at", "registeredPatientsAsAt", "date"),
)
RULE = Column("rule", "rule", required=True)
SHARE = (Column("share", "share", "decimal", required=True), Column("share_basis", "shareBasis", required=True))
EVIDENCE_DATE = (
    Column("evidence_date", "evidenceDate", "date"),
    Column("evidence_date_precision", "evidenceDatePrecision"),
)
URL = Column("url", "url")
ANNOUNCED = (
    Column("announced_on", "announcedOn", "date"),
    Column("announced_on_precision", "announcedOnPrecision"),
)
AREA = (
    Column("group", "group", required=True),
    Column("area_kind", "areaKind", required=True),
    Column("area_name", "areaName"),
    Column("area_code", "areaCode"),
    Column("terms", "terms", required=True),
)
BOARD_FACTS = (
    Column("website", "website"),
    Column("website_basis", "websiteBasis"),
    Column("headquarters", "headquarters"),
    Column("headquarters_basis", "headquartersBasis"),
    Column("headquarters_url", "headquartersUrl"),
    Column("population", "population", "integer"),
    Column("population_as_stated", "populationAsStated"),
    Column("population_basis", "populationBasis"),
    Column("population_date", "populationDate", "date"),
    Column("population_date_precision", "populationDatePrecision"),
)
ARRANGEMENT = (
    Column("arrangement", "arrangement", required=True),
    Column("detail", "detail"),
    Column("url", "url", required=True),
    Column("confirmed_url", "confirmedUrl"),
    Column("note", "note"),
)
AREA_CONCEPTS = ("LocalAuthority", "IntegratedCareBoard", "SubICBLocation", "NHSTrust")
SUCCESSION_CONCEPTS = (
    "IntegratedCareSystem",
    "IntegratedCareBoard",
    "SubICBLocation",
    "ClinicalCommissioningGroup",
    "PrimaryCareNetwork",
    "GPPractice",
    "NHSTrust",
    "LocalAuthority",
    "ProviderCollaborative",
    "KnowledgeNetwork",
)
POST_AREAS = ("IntegratedCareBoard", "SubICBLocation", "ClinicalCommissioningGroup", "LocalAuthority")
CLAIMED_CONCEPTS = (
    "IntegratedCareBoard",
    "SubICBLocation",
    "ClinicalCommissioningGroup",
    "PrimaryCareNetwork",
    "GPPractice",
    "NHSTrust",
    "KnowledgeService",
)
Reason = Literal[
    "SAID_BEFORE_AND_AFTER",
    "HIERARCHY",
    "DATED",
    "STATED",
    "NOT_CLOSURE",
    "REGISTER_NAMES",
    "ORIGINAL",
]
"""Why one source is believed and the other is not. The schema's ClaimReason describes each for whoever asks.

SAID_BEFORE_AND_AFTER: another says the same before and after it. HIERARCHY: it follows from the body in between, whose
own place is published. DATED: the chosen one gives dates, the other a state. STATED: the chosen one says it, the other
lets it be inferred. NOT_CLOSURE: that a list leaves it out does not end it. REGISTER_NAMES: the register gives
organisations their names. ORIGINAL: the other repeats what the chosen one published.
"""
REASONS: tuple[Reason, ...] = get_args(Reason)
IDENTIFIED_CONCEPTS = ("NHSRegion", "IntegratedCareBoard", "SubICBLocation", "LocalAuthority")

NODE_TABLES: tuple[NodeTable, ...] = (
    NodeTable("regions.csv", "NHSRegion", "Organisation", (NAME, ODS_CODE, ONS_CODE)),
    NodeTable("systems.csv", "IntegratedCareSystem", None, (NAME,)),
    NodeTable(
        "boards.csv",
        "IntegratedCareBoard",
        "Organisation",
        (NAME, ODS_CODE, ONS_CODE, *BOARD_FACTS, *REGISTERED_PATIENTS),
    ),
    NodeTable(
        "sub_icb_locations.csv",
        "SubICBLocation",
        "Organisation",
        (NAME, ODS_CODE, ONS_CODE, *REGISTERED_PATIENTS),
    ),
    NodeTable("clinical_commissioning_groups.csv", "ClinicalCommissioningGroup", "Organisation", (NAME, ODS_CODE)),
    NodeTable(
        "primary_care_networks.csv",
        "PrimaryCareNetwork",
        "Organisation",
        (NAME, ODS_CODE, POSTCODE, Column("town", "town"), LOCATION, *REGISTERED_PATIENTS),
    ),
    NodeTable(
        "practices.csv",
        "GPPractice",
        "Organisation",
        (
            NAME,
            ODS_CODE,
            ADDRESS_LINES,
            POSTCODE,
            Column("telephone", "telephone"),
            LOCATION,
            Column("ods_status", "odsStatus"),
            Column("supplier", "supplier"),
        ),
    ),
    NodeTable(
        "trusts.csv",
        "NHSTrust",
        "Organisation",
        (
            NAME,
            ODS_CODE,
            Column("trust_type", "trustType"),
            Column("trust_subtype", "trustSubtype"),
            Column("trust_type_basis", "trustTypeBasis"),
            ADDRESS_LINES,
            POSTCODE,
            LOCATION,
        ),
    ),
    NodeTable(
        "authorities.csv",
        "LocalAuthority",
        "Area",
        (
            NAME,
            Column("ons_code", "onsCode", required=True),
            Column("is_district", "isDistrict", "boolean", required=True),
            Column("is_upper_tier", "isUpperTier", "boolean", required=True),
        ),
    ),
    NodeTable(
        "knowledge_services.csv",
        "KnowledgeService",
        None,
        (
            NAME,
            Column("town", "town"),
            Column("website", "website"),
            Column("serves", "serves"),
            Column("limits", "limits"),
            Column("note", "note"),
            Column("host_name", "hostName"),
            Column("host_match", "hostMatch"),
            Column("host_note", "hostNote"),
            Column("url", "url", required=True),
            LOCATION,
        ),
    ),
    NodeTable("host_organisations.csv", "HostOrganisation", None, (NAME, Column("kind", "kind", required=True))),
    NodeTable(
        "eligibilities.csv",
        "Eligibility",
        None,
        (
            NAME,
            *AREA,
            Column("basis", "basis", required=True),
            Column("quote", "quote"),
            Column("url", "url", required=True),
            Column("evidence", "evidence", required=True),
            *EVIDENCE_DATE,
            Column("note", "note"),
            Column("service_name", "serviceName", required=True),
        ),
    ),
    NodeTable(
        "agreements.csv",
        "Agreement",
        None,
        (
            NAME,
            Column("kind", "kind", required=True),
            *AREA,
            Column("quote", "quote"),
            Column("url", "url", required=True),
            *EVIDENCE_DATE,
        ),
    ),
    NodeTable(
        "claims.csv",
        "Claim",
        None,
        (
            NAME,
            Column("kind", "kind", required=True),
            Column("said", "said", required=True),
            Column("as_at", "asAt", "date", required=True),
            Column("chosen_value", "chosenValue", required=True),
            Column("chosen_source", "chosenSource", required=True),
            Column("reason", "reason", required=True),
        ),
    ),
    NodeTable(
        "commissioning_support_units.csv",
        "CommissioningSupportUnit",
        None,
        (NAME, Column("url", "url", required=True)),
    ),
    NodeTable(
        "board_seats.csv",
        "BoardSeat",
        None,
        (
            NAME,
            Column("member_kind", "memberKind", required=True),
            Column("minimum", "minimum", "integer", required=True),
            Column("nominated_by", "nominatedBy"),
            Column("appointed_by", "appointedBy"),
            Column("basis", "basis", required=True),
            Column("legal_reference", "legalReference", required=True),
            Column("url", "url", required=True),
            Column("note", "note"),
        ),
    ),
    NodeTable(
        "document_requirements.csv",
        "DocumentRequirement",
        None,
        (
            NAME,
            Column("kind", "kind", required=True),
            Column("required_by", "requiredBy", required=True),
            Column("duty_of", "dutyOf", required=True),
            Column("legal_reference", "legalReference"),
            Column("guidance_title", "guidanceTitle"),
            Column("guidance_url", "guidanceUrl"),
            Column("url", "url", required=True),
            Column("note", "note"),
        ),
    ),
    NodeTable(
        "documents.csv",
        "Document",
        None,
        (
            NAME,
            Column("kind", "kind", required=True),
            Column("url", "url"),
            Column("page", "page", required=True),
            Column("published", "published", "date"),
            Column("published_precision", "publishedPrecision"),
            Column("note", "note"),
        ),
    ),
    NodeTable(
        "meetings.csv",
        "Meeting",
        None,
        (
            NAME,
            Column("body", "body", required=True),
            Column("frequency", "frequency"),
            Column("in_public", "inPublic", "boolean"),
            Column("last_meeting", "lastMeeting", "date"),
            Column("next_meeting", "nextMeeting", "date"),
            Column("papers_url", "papersUrl"),
            Column("url", "url", required=True),
            Column("note", "note"),
        ),
    ),
    NodeTable(
        "commissioning_functions.csv",
        "CommissioningFunction",
        None,
        (
            NAME,
            Column("is_kept_by_nhs_england", "isKeptByNhsEngland", "boolean", required=True),
            Column("url", "url", required=True),
            Column("note", "note"),
        ),
    ),
    NodeTable(
        "partnerships.csv",
        "IntegratedCarePartnership",
        None,
        (
            NAME,
            Column("name_basis", "nameBasis"),
            URL,
            Column("strategy_title", "strategyTitle"),
            Column("strategy_url", "strategyUrl"),
            Column("strategy_source_url", "strategySourceUrl"),
            Column("strategy_date", "strategyDate", "date"),
            Column("strategy_date_precision", "strategyDatePrecision"),
        ),
    ),
    NodeTable(
        "places.csv",
        "Place",
        None,
        (
            NAME,
            Column("grouping", "grouping", required=True),
            Column("authorities_named", "authoritiesNamed"),
            Column("ods_reporting_codes", "odsReportingCodes", "list"),
            URL,
            Column("note", "note"),
        ),
    ),
    NodeTable("neighbourhoods.csv", "Neighbourhood", None, (NAME, RULE)),
    NodeTable("wellbeing_boards.csv", "HealthAndWellbeingBoard", None, (NAME,)),
    NodeTable("programmes.csv", "Programme", None, (NAME,)),
    NodeTable("board_clusters.csv", "BoardCluster", None, (NAME, URL, *ANNOUNCED)),
    NodeTable(
        "planned_changes.csv",
        "PlannedChange",
        None,
        (
            NAME,
            Column("kind", "kind", required=True),
            Column("effective_date", "effectiveDate", "date"),
            Column("effective_date_precision", "effectiveDatePrecision"),
            *ANNOUNCED,
            URL,
            Column("note", "note"),
        ),
    ),
    NodeTable(
        "provider_collaboratives.csv",
        "ProviderCollaborative",
        None,
        (
            NAME,
            Column("type", "type", required=True),
            Column("kind", "kind"),
            Column("members_known", "membersKnown"),
            Column("other_members", "otherMembers", "list"),
            Column("url", "url", required=True),
            *EVIDENCE_DATE,
        ),
    ),
    NodeTable(
        "training_hubs.csv",
        "TrainingHub",
        None,
        (
            NAME,
            Column("level", "level"),
            Column("level_text", "levelText", required=True),
            Column("host_name", "hostName"),
            Column("note", "note"),
            Column("url", "url", required=True),
            *EVIDENCE_DATE,
        ),
    ),
    NodeTable(
        "knowledge_specialist_posts.csv",
        "KnowledgeSpecialistPost",
        None,
        (
            NAME,
            Column("funding", "funding", required=True),
            Column("library_name", "libraryName", required=True),
            Column("url", "url", required=True),
            *EVIDENCE_DATE,
        ),
    ),
    NodeTable(
        "knowledge_networks.csv",
        "KnowledgeNetwork",
        None,
        (
            NAME,
            Column("kind", "kind", required=True),
            Column("region", "region", required=True),
            Column("members_text", "membersText", required=True),
            Column("reciprocal", "reciprocal", required=True),
            Column("reciprocity", "reciprocity", required=True),
            Column("note", "note"),
            Column("url", "url", required=True),
            *EVIDENCE_DATE,
        ),
    ),
    NodeTable(
        "national_offers.csv",
        "NationalOffer",
        None,
        (
            NAME,
            Column("groups", "groups", "list", required=True),
            Column("quote", "quote", required=True),
            Column("url", "url", required=True),
            *EVIDENCE_DATE,
        ),
    ),
)

LINK_TABLES: tuple[LinkTable, ...] = (
    LinkTable("board_of.csv", "BOARD_OF", ("IntegratedCareBoard",), ("IntegratedCareSystem",)),
    LinkTable("in_region.csv", "IN_REGION", ("IntegratedCareBoard",), ("NHSRegion",)),
    LinkTable("sub_icb_of.csv", "SUB_ICB_OF", ("SubICBLocation",), ("IntegratedCareBoard",)),
    LinkTable("parented_by.csv", "PARENTED_BY", ("PrimaryCareNetwork",), ("SubICBLocation",)),
    LinkTable("member_of.csv", "MEMBER_OF", ("GPPractice",), ("PrimaryCareNetwork",)),
    LinkTable("commissioned_by.csv", "COMMISSIONED_BY", ("GPPractice",), ("SubICBLocation",)),
    LinkTable("commissioned_by_group.csv", "COMMISSIONED_BY_GROUP", ("GPPractice",), ("ClinicalCommissioningGroup",)),
    LinkTable("listed_in.csv", "LISTED_IN", ("GPPractice",), ("NHSRegion",)),
    LinkTable(
        "located_in.csv", "LOCATED_IN", ("GPPractice", "NHSTrust", "PrimaryCareNetwork"), ("LocalAuthority",), (RULE,)
    ),
    LinkTable("trust_in.csv", "TRUST_IN", ("NHSTrust",), ("IntegratedCareBoard",)),
    LinkTable("within.csv", "WITHIN", ("LocalAuthority",), ("LocalAuthority",)),
    LinkTable("authority_in.csv", "AUTHORITY_IN", ("LocalAuthority",), ("IntegratedCareBoard",), (RULE, *SHARE)),
    LinkTable(
        "succeeded_by.csv",
        "SUCCEEDED_BY",
        SUCCESSION_CONCEPTS,
        SUCCESSION_CONCEPTS,
        (Column("kind", "kind", required=True), Column("rule", "rule")),
    ),
    LinkTable(
        "hosted_by.csv",
        "HOSTED_BY",
        ("KnowledgeService",),
        ("HostOrganisation", "NHSTrust"),
        (Column("basis", "basis", required=True),),
    ),
    LinkTable("has_eligibility.csv", "HAS_ELIGIBILITY", ("KnowledgeService",), ("Eligibility",)),
    LinkTable("eligibility_area.csv", "ELIGIBILITY_AREA", ("Eligibility",), AREA_CONCEPTS),
    LinkTable("has_agreement.csv", "HAS_AGREEMENT", ("KnowledgeService",), ("Agreement",)),
    LinkTable("agreement_area.csv", "AGREEMENT_AREA", ("Agreement",), AREA_CONCEPTS),
    LinkTable("claimed_about.csv", "CLAIMED_ABOUT", ("Claim",), CLAIMED_CONCEPTS),
    LinkTable("serves_staff_of.csv", "SERVES_STAFF_OF", ("Eligibility",), ("CommissioningSupportUnit",)),
    LinkTable("seat_of.csv", "SEAT_OF", ("BoardSeat",), ("IntegratedCareBoard",)),
    LinkTable("required_of.csv", "REQUIRED_OF", ("DocumentRequirement",), ("IntegratedCareBoard",)),
    LinkTable("document_of.csv", "DOCUMENT_OF", ("Document",), ("IntegratedCareBoard",)),
    LinkTable("meets.csv", "MEETS", ("Document",), ("DocumentRequirement",), (RULE,)),
    LinkTable("meeting_of.csv", "MEETING_OF", ("Meeting",), ("IntegratedCareBoard", "IntegratedCareSystem")),
    LinkTable("delegated_to.csv", "DELEGATED_TO", ("CommissioningFunction",), ("IntegratedCareBoard",), ARRANGEMENT),
    LinkTable(
        "commissioned_jointly_with.csv",
        "COMMISSIONED_JOINTLY_WITH",
        ("CommissioningFunction",),
        ("IntegratedCareBoard",),
        ARRANGEMENT,
    ),
    LinkTable("function_of.csv", "FUNCTION_OF", ("CommissioningFunction",), ("IntegratedCareBoard",), ARRANGEMENT),
    LinkTable("partnership_of.csv", "PARTNERSHIP_OF", ("IntegratedCarePartnership",), ("IntegratedCareSystem",)),
    LinkTable(
        "partnership_member.csv",
        "PARTNERSHIP_MEMBER",
        ("IntegratedCareBoard", "LocalAuthority"),
        ("IntegratedCarePartnership",),
        (
            Column("basis", "basis", required=True),
            Column("fringe_areas", "fringeAreas", "integer"),
            Column("rule", "rule"),
        ),
    ),
    LinkTable("place_in.csv", "PLACE_IN", ("Place",), ("IntegratedCareSystem",)),
    LinkTable(
        "place_authority.csv",
        "PLACE_AUTHORITY",
        ("Place",),
        ("LocalAuthority",),
        (
            Column("basis", "basis", required=True),
            Column("coverage", "coverage", required=True),
            Column("rule", "rule"),
        ),
    ),
    LinkTable(
        "place_sub_icb.csv",
        "PLACE_SUB_ICB",
        ("Place",),
        ("SubICBLocation",),
        (Column("basis", "basis", required=True), RULE),
    ),
    LinkTable("neighbourhood_of.csv", "NEIGHBOURHOOD_OF", ("Neighbourhood",), ("PrimaryCareNetwork",), (RULE,)),
    LinkTable("board_for.csv", "BOARD_FOR", ("HealthAndWellbeingBoard",), ("LocalAuthority",)),
    LinkTable("programme_member.csv", "PROGRAMME_MEMBER", ("IntegratedCareSystem", "Place"), ("Programme",), (URL,)),
    LinkTable("clustered_in.csv", "CLUSTERED_IN", ("IntegratedCareBoard",), ("BoardCluster",)),
    LinkTable("concerns.csv", "CONCERNS", ("PlannedChange",), ("IntegratedCareBoard",), (Column("rule", "rule"),)),
    LinkTable(
        "collaborative_member.csv",
        "COLLABORATIVE_MEMBER",
        ("NHSTrust",),
        ("ProviderCollaborative",),
        (Column("rule", "rule"),),
    ),
    LinkTable("collaborative_in.csv", "COLLABORATIVE_IN", ("ProviderCollaborative",), ("IntegratedCareBoard",)),
    LinkTable("hub_of.csv", "HUB_OF", ("TrainingHub",), ("IntegratedCareSystem",)),
    LinkTable("hub_hosted_by.csv", "HUB_HOSTED_BY", ("TrainingHub",), ("HostOrganisation", "NHSTrust")),
    LinkTable("post_in.csv", "POST_IN", ("KnowledgeSpecialistPost",), ("TrainingHub",)),
    LinkTable("post_with.csv", "POST_WITH", ("KnowledgeSpecialistPost",), ("KnowledgeService",)),
    LinkTable("post_serves.csv", "POST_SERVES", ("KnowledgeSpecialistPost",), POST_AREAS, (Column("rule", "rule"),)),
    LinkTable("network_member.csv", "NETWORK_MEMBER", ("KnowledgeService",), ("KnowledgeNetwork",)),
    # The end of an identifier is written as scheme and value, "ONS:E54000042", and is the id of its node as it stands.
    LinkTable("identifiers.csv", "HAS_IDENTIFIER", IDENTIFIED_CONCEPTS, ("Identifier",)),
)

TABLES: tuple[Table, ...] = (*NODE_TABLES, *LINK_TABLES)

STANDALONE_TYPES = frozenset({"SUCCEEDED_BY", "CLAIMED_ABOUT"})
"""Relationship types that join things of different lives, and so are not held within both ends' lives."""
