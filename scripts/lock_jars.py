"""Prints the lock of the jars that a Neo4j Community is made of: coordinates and SHA-256, a jar a line.

Maven itself resolves them, once: it is the one whose choice among versions Neo4j is built and tested with (jgo's own
resolution chose other versions of a dozen jars). Only this needs Maven; whoever runs icsgraph does not.
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

ROOTS = (("org.neo4j", "neo4j"), ("org.neo4j.app", "neo4j-server"))


def project(version: str) -> str:
    """Return a Maven project that depends on a Neo4j server and nothing else."""
    dependencies = "".join(
        f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version></dependency>"
        for group, artifact in ROOTS
    )
    return (
        "<project><modelVersion>4.0.0</modelVersion>"
        "<groupId>icsgraph</groupId><artifactId>neo4j-jars</artifactId><version>1</version>"
        f"<dependencies>{dependencies}</dependencies></project>"
    )


def line(repository: Path, jar: Path) -> str:
    """Return the lock's line for a jar that lies in a folder laid out as a Maven repository."""
    *group, artifact, version, file = jar.relative_to(repository).parts
    classifier = file.removeprefix(f"{artifact}-{version}").removesuffix(".jar").removeprefix("-")
    coordinates = ":".join(filter(None, (".".join(group), artifact, version, classifier)))
    return f"{coordinates} {hashlib.sha256(jar.read_bytes()).hexdigest()}"


def main() -> None:
    """Resolve the version given on the command line."""
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder) / "jars"
        (Path(folder) / "pom.xml").write_text(project(sys.argv[1]), encoding="utf-8")
        subprocess.run(  # noqa: S603 - a maintainer's own command
            [  # noqa: S607 - Maven is where the maintainer's PATH says
                "mvn",
                "--batch-mode",
                "--quiet",
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                "-Dmdep.useRepositoryLayout=true",
                f"-DoutputDirectory={repository}",
            ],
            cwd=folder,
            check=True,
            stdout=sys.stderr,
        )
        sys.stdout.writelines(
            f"{text}\n" for text in sorted(line(repository, jar) for jar in repository.rglob("*.jar"))
        )


main()
