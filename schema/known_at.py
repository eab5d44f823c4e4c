"""`knownAt`: the recorded clock of a request."""

import strawberry

from schema.scalars import DateTime

__all__ = ["KnownAt"]


@strawberry.input(
    description="Whose knowledge is asked for: that of a sequence, or of the last change set at or before an instant.",
    one_of=True,
)
class KnownAt:
    """Whose knowledge is asked for."""

    sequence: strawberry.Maybe[int] = strawberry.field(description="The number of a change set.", default=None)
    instant: strawberry.Maybe[DateTime] = strawberry.field(description="An instant.", default=None)
