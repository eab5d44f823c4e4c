"""What belongs to what: the paths from each concept up to the region, system, area and the like that it lies in.

A path is a sequence of steps, each a relationship's type, `>` along it and `<` against it. They are few and written
out, because not every path means belonging: a practice lies in a district, and that district may lie in two boards, of
which only one commissions the practice.
"""

from collections.abc import Mapping
from enum import Enum

import strawberry

__all__ = ["BELONGS", "CONTAINER", "Dimension", "down", "inside", "up"]

Path = tuple[str, ...]


@strawberry.enum(description="By what things are counted or within what they lie.")
class Dimension(Enum):
    """By what things are counted or within what they lie."""

    REGION = strawberry.enum_value("REGION", description="The NHS region.")
    SYSTEM = strawberry.enum_value("SYSTEM", description="The integrated care system.")
    BOARD = strawberry.enum_value("BOARD", description="The integrated care board.")
    SUB_ICB_LOCATION = strawberry.enum_value("SUB_ICB_LOCATION", description="The sub-ICB location.")
    PLACE = strawberry.enum_value("PLACE", description="The place, as far as it is known to take in whole authorities.")
    NETWORK = strawberry.enum_value("NETWORK", description="The primary care network.")
    AUTHORITY = strawberry.enum_value(
        "AUTHORITY", description="The local authority: the district, and the upper-tier authority that it lies in."
    )
    KIND = strawberry.enum_value("KIND", description="The type, of trusts.")
    RULE = strawberry.enum_value(
        "RULE", description="The rule by which a local knowledge service covers it; none for a gap."
    )


def _by_board(*steps: str) -> dict[str, tuple[Path, ...]]:
    return {"BOARD": (steps,), "SYSTEM": ((*steps, ">BOARD_OF"),), "REGION": ((*steps, ">IN_REGION"),)}


def _by_system(*steps: str) -> dict[str, tuple[Path, ...]]:
    return {"SYSTEM": (steps,), "BOARD": ((*steps, "<BOARD_OF"),), "REGION": ((*steps, "<BOARD_OF", ">IN_REGION"),)}


def _either(one: Mapping[str, tuple[Path, ...]], other: Mapping[str, tuple[Path, ...]]) -> dict[str, tuple[Path, ...]]:
    """Return the paths of both: a district lies in a board by itself, a county by its districts."""
    return {dimension: paths + other[dimension] for dimension, paths in one.items()}


def _authorities(*steps: str) -> tuple[Path, ...]:
    return (steps, (*steps, ">WITHIN"))


BELONGS: Mapping[str, Mapping[str, tuple[Path, ...]]] = {
    "GPPractice": {
        "NETWORK": ((">MEMBER_OF",),),
        "SUB_ICB_LOCATION": ((">COMMISSIONED_BY",),),
        **_by_board(">COMMISSIONED_BY", ">SUB_ICB_OF"),
        "AUTHORITY": _authorities(">LOCATED_IN"),
    },
    "PrimaryCareNetwork": {
        "SUB_ICB_LOCATION": ((">NETWORK_IN",),),
        **_by_board(">NETWORK_IN", ">SUB_ICB_OF"),
        "PLACE": (("<NEIGHBOURHOOD_OF", ">NEIGHBOURHOOD_IN"),),
        "AUTHORITY": _authorities("<MEMBER_OF", ">LOCATED_IN"),
    },
    "Neighbourhood": {
        "NETWORK": ((">NEIGHBOURHOOD_OF",),),
        "PLACE": ((">NEIGHBOURHOOD_IN",),),
        "SUB_ICB_LOCATION": ((">NEIGHBOURHOOD_OF", ">NETWORK_IN"),),
        **_by_board(">NEIGHBOURHOOD_OF", ">NETWORK_IN", ">SUB_ICB_OF"),
    },
    "SubICBLocation": {**_by_board(">SUB_ICB_OF"), "PLACE": (("<PLACE_SUB_ICB",),)},
    "IntegratedCareBoard": {"SYSTEM": ((">BOARD_OF",),), "REGION": ((">IN_REGION",),)},
    "IntegratedCareSystem": {"BOARD": (("<BOARD_OF",),), "REGION": (("<BOARD_OF", ">IN_REGION"),)},
    "IntegratedCarePartnership": _by_system(">PARTNERSHIP_OF"),
    "Place": {**_by_system(">PLACE_IN"), "AUTHORITY": _authorities(">PLACE_AUTHORITY")},
    "NHSTrust": {**_by_board(">TRUST_IN"), "AUTHORITY": _authorities(">LOCATED_IN")},
    "LocalAuthority": {
        **_either(_by_board(">AUTHORITY_IN"), _by_board("<WITHIN", ">AUTHORITY_IN")),
        "PLACE": (("<PLACE_AUTHORITY",),),
        "AUTHORITY": ((">WITHIN",),),
    },
    "HealthAndWellbeingBoard": {**_by_board(">WELLBEING_BOARD_IN"), "AUTHORITY": ((">BOARD_FOR",),)},
    "KnowledgeService": {
        **_by_board(">HOSTED_BY", ">TRUST_IN"),
        "AUTHORITY": _authorities(">HOSTED_BY", ">LOCATED_IN"),
    },
    "TrainingHub": _by_system(">HUB_OF"),
    "ProviderCollaborative": _by_board(">COLLABORATIVE_IN"),
    "Document": _by_board(">DOCUMENT_OF"),
    "Meeting": _by_board(">MEETING_OF"),
}
"""Concept → what it may belong to → the paths that lead there."""

# Everything that bears a code and may hold others, by that code or a code of the ONS.
CONTAINER = (
    "CALL () { UNWIND ['NHSRegion', 'IntegratedCareSystem', 'IntegratedCareBoard', 'SubICBLocation', 'Place',"
    " 'LocalAuthority', 'PrimaryCareNetwork', 'Neighbourhood'] AS concept"
    " MATCH (w:Entity {id: concept + ':' + {within}}) RETURN w UNION MATCH"
    " (:Identifier {id: 'ONS:' + {within}})<-[:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-(w:Entity)"
    " RETURN w }"
)
_HOLDERS = {
    "REGION": "NHSRegion",
    "SYSTEM": "IntegratedCareSystem",
    "BOARD": "IntegratedCareBoard",
    "SUB_ICB_LOCATION": "SubICBLocation",
    "PLACE": "Place",
    "NETWORK": "PrimaryCareNetwork",
    "AUTHORITY": "LocalAuthority",
}


def down(concept: str, within: str, node: str) -> str:
    """Return the clauses that bind `node` to all of a concept that lie within what bears the code `within`.

    `within` is a parameter. The search begins at the container, which is one, and not at the many.
    """
    return f"{CONTAINER.replace('{within}', within)} CALL (w) {{ {inside(concept, node)} }} WITH DISTINCT {node}"


def inside(concept: str, node: str) -> str:
    """Return the branches that lead from a container, the node `w`, to each `node` of a concept within it."""
    branches = [
        f"WITH w WHERE w.id STARTS WITH '{_HOLDERS[dimension]}:' {up(path[::-1], 'w', node, turned=True)} RETURN {node}"
        for dimension, paths in BELONGS[concept].items()
        for path in paths
    ]
    return " UNION ".join(branches)


def up(path: Path, start: str, end: str, *, turned: bool = False) -> str:
    """Return the clauses that lead from the node `start` by a path to the node `end`, each step at the date.

    A path that is `turned` is walked from its other end.
    """
    text, conditions = f"MATCH ({start})", []
    for number, step in enumerate(path):
        edge = f"step{number}"
        is_along = (step[0] == ">") is not turned
        left, right = ("-", "->") if is_along else ("<-", "-")
        last = number == len(path) - 1
        text += f"{left}[{edge}:{{types:{step[1:]}}}]{right}({end if last else ''})"
        conditions.append(f"{{covers:{edge}}}")
    return f"{text} WHERE {' AND '.join(conditions)}"
