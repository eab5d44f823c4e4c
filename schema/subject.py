"""What a code means: of all that bear or bore it, the one in force at the date, else the last that was.

The templates bind `{node}` to it, and `k{node}` to it whether or not it is in force.
"""

__all__ = ["ABSENT", "CODED", "SUBJECT", "SUBJECT_NOW"]

# The first of those that bear one code is the one that is meant: QRL is a board and the system that it is in.
_BY_CODE = (
    "PrimaryCareNetwork",
    "GPPractice",
    "NHSTrust",
    "IntegratedCareBoard",
    "SubICBLocation",
    "ClinicalCommissioningGroup",
    "NHSRegion",
    "LocalAuthority",
)
_BY_OUR_CODE = (
    "IntegratedCareSystem",
    "Place",
    "Neighbourhood",
    "HealthAndWellbeingBoard",
    "TrainingHub",
    "ProviderCollaborative",
    "HostOrganisation",
    "KnowledgeService",
    "KnowledgeNetwork",
)
CODED = "', '".join(_BY_CODE)
# What bears the code: the one in force at the date, else the last that was; 00L was a commissioning group and is a
# sub-ICB location. A code of the NHS or ONS means the body that they gave it to before one that we named after it, such
# as a board's system or a council's health and wellbeing board.
_BEARERS = (
    "CALL () { MATCH (found:Entity {code: {code}}) RETURN found UNION"
    " MATCH (:Identifier {id: 'ONS:' + {code}})<-[:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-"
    "(found:Entity) RETURN found }"
)
_IN_ORDER = (
    "{tell:found}"
    " WITH found{and:found}, found.validFrom AS began, found.validTo AS ended, split(found.id, ':')[0] AS kind"
    f" WHERE began IS NOT NULL AND kind IN {[*_BY_CODE, *_BY_OUR_CODE]}"
    " WITH found, kind, began, began <= {asOf} AND coalesce({asOf} < ended, true) AS holds"
    f" ORDER BY holds DESC, kind IN {list(_BY_OUR_CODE)}, began DESC"
)
_PICKED = (
    " WITH picked[0] AS k{node}, picked[1] AS holds{tell:k{node}}"
    " WITH k{node}{and:k{node}}, CASE WHEN holds THEN k{node} END AS {node}"
)
SUBJECT = f"{_BEARERS}{_IN_ORDER} WITH head(collect([found, holds])) AS picked{_PICKED}"
# In the graph's span labels say what is in force. Where that is one, as nearly always, nothing more is looked at.
SUBJECT_NOW = (
    f"{_BEARERS} WITH collect([found, any(label IN labels(found) WHERE label IN {list(_BY_CODE)})]) AS borne"
    " WITH borne, [one IN borne WHERE one[1]] AS held"
    f" CALL (borne, held) {{ UNWIND CASE size(held) WHEN 1 THEN [] ELSE borne END AS one WITH one[0] AS found"
    f"{_IN_ORDER} RETURN head(collect([found, holds])) AS nearest }}"
    f" WITH CASE size(held) WHEN 1 THEN held[0] ELSE nearest END AS picked{_PICKED}"
)
ABSENT = (
    "CASE WHEN {node} IS NOT NULL THEN []"
    " WHEN k{node} IS NULL THEN [['subject', 'NONE_EXISTS', null,"
    " 'Nothing with this code is held at any date. Check the code; the NHS Organisation Data Service and the ONS "
    "list those in use.']]"
    " WHEN {asOf} < {told:k{node}}.validFrom THEN [['subject',"
    " CASE {told:k{node}}.validFromPrecision WHEN 'NO_LATER_THAN' THEN 'BEFORE_SOURCES' ELSE 'NONE_EXISTS' END, "
    "{told:k{node}}.validFrom,"
    " 'It begins on the date named in since: ask for that or a later one.']]"
    " ELSE [['subject', 'NONE_EXISTS', {told:k{node}}.validFrom, {told:k{node}}.name + ' ended: its last day was '"
    " + toString({told:k{node}}.validTo - duration('P1D')) + '. Ask for its successors.']] END"
)
