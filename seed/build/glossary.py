"""The words of the field, and which of them name a concept of the graph."""

from seed.build.codes import Codes
from seed.build.evidence import take
from seed.build.raw import RawFolder
from seed.table import to_csv
from seed.tables import NODE_TABLES
from seed.terms import HEADER

GLOSSARY = "glossary"

_CONCEPTS = {
    "Integrated care system": "IntegratedCareSystem",
    "Integrated care board": "IntegratedCareBoard",
    "Integrated care partnership": "IntegratedCarePartnership",
    "Place": "Place",
    "Neighbourhood": "Neighbourhood",
    "Primary care network": "PrimaryCareNetwork",
    "Sub-ICB location": "SubICBLocation",
    "Provider collaborative": "ProviderCollaborative",
    "Health and wellbeing board": "HealthAndWellbeingBoard",
    "Clinical commissioning group": "ClinicalCommissioningGroup",
    "Knowledge and library service": "KnowledgeService",
    "Primary care training hub": "TrainingHub",
    "NHS trust": "NHSTrust",
    "NHS England region": "NHSRegion",
    "Commissioning support unit": "CommissioningSupportUnit",
}
"""The concept that a term names; it is told where the tables hold that concept."""


def file(raw: RawFolder, codes: Codes) -> bytes:
    """Return `terms.csv`."""
    held = {table.label for table in NODE_TABLES}
    rows = []
    for row in raw.headed(GLOSSARY, ("term", "abbreviation", "definition", "source_url", "source_date")):
        term, dated = row.needed("term"), take(row, "source_date")
        concept = _CONCEPTS.get(term, "")
        cells = {
            "code": codes.of("Term", term),
            "name": term,
            "abbreviation": row.take("abbreviation"),
            "definition": row.needed("definition"),
            "concept": concept if concept in held else "",
            "url": row.needed("source_url"),
            "page_date": dated.day.isoformat() if dated else "",
            "page_date_precision": dated.precision if dated else "",
            "source": GLOSSARY,
        }
        row.finish()
        row.place()
        rows.append(tuple(cells[column] for column in HEADER))
    return to_csv(HEADER, sorted(rows))
