"""The tidy tables: which file holds which concept or relationship, and what each of its columns means.

Whoever reads a table, writes one or turns one into changes takes the layout from here and from nowhere else. What a
table is stands in `layout.py`, the concepts in `concept_tables.py`, the relationships in `relationship_tables.py`.
"""

from seed.concept_tables import NODE_TABLES
from seed.layout import (
    COMMON_COLUMNS,
    PRECISIONS,
    STANDINGS,
    Column,
    Kind,
    LinkTable,
    NodeTable,
    Precision,
    Standing,
    Table,
    headers,
)
from seed.relationship_tables import (
    AREA_CONCEPTS,
    CLAIMED_CONCEPTS,
    IDENTIFIED_CONCEPTS,
    LINK_TABLES,
    POST_AREAS,
    REASONS,
    STANDALONE_TYPES,
    SUCCESSION_CONCEPTS,
    Reason,
)

__all__ = [
    "AREA_CONCEPTS",
    "CLAIMED_CONCEPTS",
    "COMMON_COLUMNS",
    "IDENTIFIED_CONCEPTS",
    "LINK_TABLES",
    "NODE_TABLES",
    "POST_AREAS",
    "PRECISIONS",
    "REASONS",
    "STANDALONE_TYPES",
    "STANDINGS",
    "SUCCESSION_CONCEPTS",
    "TABLES",
    "Column",
    "Kind",
    "LinkTable",
    "NodeTable",
    "Precision",
    "Reason",
    "Standing",
    "Table",
    "headers",
]

TABLES: tuple[Table, ...] = (*NODE_TABLES, *LINK_TABLES)
