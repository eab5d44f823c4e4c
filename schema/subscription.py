"""The root of subscriptions: what a client is told as the graph learns it."""

import strawberry

from schema.changes import FOLLOWED
from schema.query import arguments, schema_field

__all__ = ["subscription_type"]


def subscription_type() -> type:
    """Return the Subscription type."""

    @strawberry.type(
        description="What can be followed, over WebSocket (graphql-transport-ws) or as a stream of events."
    )
    class Subscription:
        pass

    fields = Subscription.__strawberry_definition__.fields  # type: ignore[attr-defined]  # set by the decorator above
    one = FOLLOWED
    fields.append(
        schema_field(one.name, one.returned, one.description, one.place, arguments(one.arguments, one.required))
    )
    return Subscription
