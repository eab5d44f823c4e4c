"""Commissioning functions: what NHS England delegated to boards, shares with them, or kept."""

from resolvers.concept import ArgumentKind
from schema.description import Relationship, concept, value
from schema.provenance import Entity

__all__ = ["RELATIONSHIPS", "CommissioningFunction"]


@concept(
    singular="commissioningFunction",
    plural="commissioningFunctions",
    by=(("code", ArgumentKind.SLUG),),
    title="commissioning function",
)
class CommissioningFunction(Entity):
    """A function of commissioning, in the words of its source: under delegated commissioning NHS England hands it to an
    integrated care board (ICB), which then carries it out while NHS England stays accountable.

    Specialised services are three of them as sources name them: 59 services, 11 further ones, and the 70 where both
    were delegated at once.
    """

    is_kept_by_nhs_england: bool = value("Whether NHS England kept it.")
    url: str = value("A page that names it.")
    note: str | None = value("What else is known of it.")


def _with_boards(type_: str, forward: str, backward: str, of_function: str, of_board: str) -> Relationship:
    ends = (("CommissioningFunction",), ("IntegratedCareBoard",))
    return Relationship(type_, *ends, forward, backward, of_function, of_board, "ArrangementLink")


RELATIONSHIPS = (
    _with_boards(
        "DELEGATED_TO",
        "delegatedTo",
        "delegatedFunctions",
        "The boards to which NHS England delegated it. A delegation ends with its board; none is passed on to a "
        "successor unless a source says so.",
        "The functions that NHS England delegated to this board.",
    ),
    _with_boards(
        "COMMISSIONED_JOINTLY_WITH",
        "commissionedJointlyWith",
        "jointFunctions",
        "The boards with which NHS England commissions it in joint committees, which is no delegation.",
        "The functions that NHS England commissions jointly with this board.",
    ),
    _with_boards(
        "FUNCTION_OF",
        "functionOf",
        "ownFunctions",
        "The boards whose own function it is under the Act.",
        "The functions that are this board's own under the Act.",
    ),
)
