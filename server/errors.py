"""The errors of the process and of its surroundings.

IcsgraphError
└── ServerError               the process cannot do its work
    ├── BadSetting            a setting has a value that it cannot have
    ├── BadArgument           an argument of a command has a value that it cannot have
    ├── PortTaken             another program listens on the port that was asked for
    ├── DiskFull              there is no room left where we write
    ├── FolderUnusable        a folder of ours cannot be written, or holds less than it should
    ├── JarUnavailable        a jar of the lock could not be had, or is not what the lock says
    ├── JavaUnusable          there is no Java that runs Neo4j
    ├── Neo4jInUse            the data folder belongs to a Neo4j that runs already
    ├── Neo4jDied             the local Neo4j ended while it was starting
    ├── Neo4jUnreachable      no Neo4j answers at the address, or it refuses us
    ├── TooManySubscriptions  as many are followed already as may be
    ├── WrongKey              a request bears a key that is none of ours
    ├── TooManyKeys           too many keys are being tried at once
    ├── QueryTimedOut         a statement took longer than it may
    ├── SequenceNotReached    the graph has not come as far as a request wants within the time
    ├── RequestTimedOut       a whole request took longer than it may
    └── QueryFailed           the database refused or failed on a statement of ours: a defect of ours

`status_and_entry` is the one place that knows which of all errors is which HTTP status.
"""

from cypher.errors import GraphNotPrepared, IcsgraphError
from resolvers.errors import KeyNeeded, ScopeMissing


class ServerError(IcsgraphError):
    """The process or its surroundings cannot do what was asked."""


class BadSetting(ServerError):
    """A setting has a value that it cannot have: names the variable, the value and what is allowed."""


class BadArgument(ServerError):
    """An argument of a command has a value that it cannot have."""


class PortTaken(ServerError):
    """Another program listens on the port that was asked for."""


class DiskFull(ServerError):
    """There is no room left where we write."""


class FolderUnusable(ServerError):
    """A folder of ours cannot be written, or holds less than it should."""


class JarUnavailable(ServerError):
    """A jar of the lock could not be fetched, or what came is not what the lock says."""


class JavaUnusable(ServerError):
    """There is no Java that runs Neo4j."""


class Neo4jInUse(ServerError):
    """The data folder belongs to a Neo4j that runs already."""


class Neo4jDied(ServerError):
    """The local Neo4j ended while it was starting."""


class Neo4jUnreachable(ServerError):
    """No Neo4j answers at the address, or it does not let us in."""


class TooManySubscriptions(ServerError):
    """As many subscriptions are followed by this process already as may be."""


class WrongKey(ServerError):
    """A request bears a key that is none of ours, or was revoked."""


class TooManyKeys(ServerError):
    """Too many keys are being tried at once, or one too often."""


class QueryTimedOut(ServerError):
    """A statement took longer than it may."""


class RequestTimedOut(ServerError):
    """A whole request took longer than it may, with reading it and everything else."""


class SequenceNotReached(ServerError):
    """The graph has not come as far as a request wants within the time: says how far it has."""


class QueryFailed(ServerError):
    """The database refused or failed on a statement of ours."""


# What a client is told: HTTP status and code; the message of an error passes only where it is made for clients.
_MADE_FOR_CLIENTS: tuple[tuple[type[IcsgraphError], int, str], ...] = (
    (KeyNeeded, 401, "KEY_NEEDED"),
    (WrongKey, 401, "WRONG_KEY"),
    (ScopeMissing, 403, "SCOPE_MISSING"),
    (TooManyKeys, 429, "TOO_MANY_KEYS"),
    (Neo4jUnreachable, 503, "DATABASE_UNAVAILABLE"),
    (TooManySubscriptions, 503, "TOO_MANY_SUBSCRIPTIONS"),
    (QueryTimedOut, 504, "TOOK_TOO_LONG"),
    (RequestTimedOut, 504, "TOOK_TOO_LONG"),
    (SequenceNotReached, 503, "SEQUENCE_NOT_REACHED"),
    (GraphNotPrepared, 503, "GRAPH_IS_EMPTY"),
)
_HEADERS = {401: {"www-authenticate": 'Bearer realm="icsgraph"'}, 429: {"retry-after": "60"}}


def headers_of(status: int) -> dict[str, str]:
    """Return the headers that an answer of a status must have."""
    return _HEADERS.get(status, {})


def status_and_entry(error: Exception) -> tuple[int, dict[str, object]]:
    """Return the HTTP status of an error, and the entry of `errors` that a client sees."""
    for kind, status, code in _MADE_FOR_CLIENTS:
        if isinstance(error, kind):
            return status, {"message": str(error), "extensions": {"code": code}}
    message = "Something went wrong on our side; it was logged."
    return 500, {"message": message, "extensions": {"code": "INTERNAL_ERROR"}}
