"""The tables of relationships: one file for each type, and what its ends can be."""

from typing import Literal, get_args

from seed.columns import ARRANGEMENT, RULE, SHARE, URL
from seed.layout import Column, LinkTable

__all__ = [
    "AREA_CONCEPTS",
    "CLAIMED_CONCEPTS",
    "IDENTIFIED_CONCEPTS",
    "LINK_TABLES",
    "POST_AREAS",
    "REASONS",
    "STANDALONE_TYPES",
    "SUCCESSION_CONCEPTS",
    "Reason",
]

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
    LinkTable("agreement_area.csv", "AGREEMENT_AREA", ("Agreement",), (*AREA_CONCEPTS, "ClinicalCommissioningGroup")),
    LinkTable("claimed_about.csv", "CLAIMED_ABOUT", ("Claim",), CLAIMED_CONCEPTS),
    LinkTable("serves_staff_of.csv", "SERVES_STAFF_OF", ("Eligibility",), ("CommissioningSupportUnit",)),
    LinkTable("seat_of.csv", "SEAT_OF", ("BoardSeat",), ("IntegratedCareBoard",)),
    LinkTable("required_of.csv", "REQUIRED_OF", ("DocumentRequirement",), ("IntegratedCareBoard",)),
    LinkTable("document_of.csv", "DOCUMENT_OF", ("Document",), ("IntegratedCareBoard",)),
    LinkTable("meets.csv", "MEETS", ("Document",), ("DocumentRequirement",), (RULE,)),
    LinkTable("meeting_of.csv", "MEETING_OF", ("Meeting",), ("IntegratedCareBoard", "IntegratedCarePartnership")),
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

STANDALONE_TYPES = frozenset({"SUCCEEDED_BY", "CLAIMED_ABOUT"})
"""Relationship types that join things of different lives, and so are not held within both ends' lives."""
