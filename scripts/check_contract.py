"""Fails where `schema/schema.graphql` breaks what clients were promised and the changelog does not say so.

What was promised is the schema of the last tag; while there is none, the last committed one that was different. A
breaking change is said by its coordinate in backticks, such as `GPPractice.supplier` or `Query.node(id:)`, within the
changelog's section *Unreleased*.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from graphql import GraphQLSchema, build_schema
from graphql.utilities import find_breaking_changes

_ROOT = Path(__file__).parent.parent
_FILE = "schema/schema.graphql"
_COORDINATE = re.compile(r"@\w+(?:\(\w+:\))?|\w+\.\w+(?:\(\w+:\))?")
_UNRELEASED = re.compile(r"^## Unreleased$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def unsaid(promised: str, now: str, changelog: str) -> list[str]:
    """Return a sentence for each breaking change between two schemas that the changelog does not name."""
    found = _UNRELEASED.search(changelog)
    said = set(re.findall(r"`([^`\n]+)`", found[1] if found else ""))
    changes = find_breaking_changes(_schema(promised), _schema(now))
    return [
        f"{change.description} Say `{coordinate}` under Unreleased in CHANGELOG.md."
        for change in changes
        if (coordinate := _coordinate(change.description)) not in said
    ]


def _schema(text: str) -> GraphQLSchema:
    return build_schema(text, assume_valid=True)


def _coordinate(description: str) -> str:
    """Return what a change is of: the coordinate in its description, or the type that it begins with."""
    found = _COORDINATE.search(description)
    return found[0] if found else description.removeprefix("Standard scalar ").split()[0]


def promised(root: Path) -> tuple[str, str] | None:
    """Return where the promise is from, and its text; None where the history holds none."""
    now = (root / _FILE).read_text(encoding="utf-8")
    tag = _git(root, "describe", "--tags", "--abbrev=0")
    commits = [tag.strip()] if tag else (_git(root, "log", "--first-parent", "--format=%H", "--", _FILE) or "").split()
    for commit in commits:
        text = _git(root, "show", f"{commit}:{_FILE}")
        if text and (tag or text != now):
            return commit, text
    return None


def _git(root: Path, *arguments: str) -> str | None:
    """Return what git says; None where it has nothing to say, or where this is no clone."""
    git = shutil.which("git")
    if git is None:
        return None
    done = subprocess.run([git, *arguments], cwd=root, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    return done.stdout if done.returncode == 0 else None


def main() -> int:
    """Say what breaks unsaid; exit code 1 if anything does."""
    found = promised(_ROOT)
    if found is None:
        sys.stderr.write("There is no earlier schema in the history: nothing is promised yet.\n")
        return 0
    commit, text = found
    now = (_ROOT / _FILE).read_text(encoding="utf-8")
    sentences = unsaid(text, now, (_ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    for sentence in sentences:
        sys.stderr.write(f"{_FILE} against {commit[:12]}: {sentence}\n")
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main())
