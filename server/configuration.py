"""What the local Neo4j is told at its start: its settings, and the arguments of its Java."""

from collections.abc import Sequence
from pathlib import Path

from server.ports import LOOPBACK

# Neo4j 5.26 reaches into these packages; a server started by its own scripts gets the same openings.
_OPENED = ("java.io", "java.nio", "java.util.concurrent", "jdk.internal.misc", "sun.nio.ch")

# From this Java on, each start of Neo4j 5.26 prints a warning about a class that it uses.
_WARNS_OF_UNSAFE = 24


def neo4j_settings(port: int) -> str:
    """Return the text of `neo4j.conf` for a server on loopback, with every door shut that we do not use."""
    settings = {
        "server.config.strict_validation.enabled": "true",
        "server.default_listen_address": LOOPBACK,
        "server.bolt.listen_address": f"{LOOPBACK}:{port}",
        "server.bolt.advertised_address": f"{LOOPBACK}:{port}",
        # HTTP is a second door: it writes unless the caller itself says that it only reads.
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.security.auth_enabled": "true",
        # LOAD CSV connects out and reads files even in a read session: no address and no file.
        "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        # Without this line a server started from jars alone lets LOAD CSV read the whole disk.
        "server.directories.import": "import",
        "dbms.cypher.forbid_exhaustive_shortestpath": "true",
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",
        # Queries and their parameters are a client's business.
        "db.logs.query.enabled": "OFF",
        # Preallocated transaction logs take 512 MB of disk at the first start.
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.size": "32m",
        "db.tx_log.rotation.retention_policy": "1 days 256M",
        "db.checkpoint.interval.time": "5m",
        # Else each stop waits ten seconds for clients that might yet come.
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
        # Else half of the machine's memory.
        "server.memory.pagecache.size": "128m",
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def java_arguments(heap_megabytes: int, java_version: int, class_path: Sequence[Path]) -> str:
    """Return the text of the argument file for Java: one argument a line, the class path in quotes."""
    arguments = [
        f"-Xmx{heap_megabytes}m",
        # 500 nested brackets overflow the parser on the default stack, and the client gets no answer at all.
        "-Xss16m",
        "-Dfile.encoding=UTF-8",
        "-Djava.awt.headless=true",
        "--enable-native-access=ALL-UNNAMED",
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED),
    ]
    if java_version >= _WARNS_OF_UNSAFE:
        arguments.append("--sun-misc-unsafe-memory-access=allow")
    # In quotes a backslash escapes, so a path with one or with a quote needs escapes of its own.
    quoted = ":".join(str(path) for path in class_path).replace("\\", "\\\\").replace('"', '\\"')
    return "".join(f"{argument}\n" for argument in arguments) + f'-cp\n"{quoted}"\n'
