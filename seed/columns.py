"""Columns that several tables have."""

from seed.layout import Column

__all__ = [
    "ADDRESS_LINES",
    "ANNOUNCED",
    "AREA",
    "ARRANGEMENT",
    "BOARD_FACTS",
    "EVIDENCE_DATE",
    "LOCATION",
    "NAME",
    "ODS_CODE",
    "ONS_CODE",
    "POSTCODE",
    "REGISTERED_PATIENTS",
    "RULE",
    "SHARE",
    "URL",
]

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
