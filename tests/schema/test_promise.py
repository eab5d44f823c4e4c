"""What clients were promised is kept, or the changelog says what is not."""

import subprocess
from pathlib import Path

import pytest

from scripts.check_contract import promised, unsaid

_OLD = """
type Query { board(code: String, asOf: String): Board kind: Kind }
type Board implements Named { name: String! code: String }
interface Named { name: String! }
enum Kind { LARGE SMALL }
"""


def _changelog(unreleased: str) -> str:
    return f"# Changelog\n\n## Unreleased\n\n### Changed\n\n{unreleased}\n\n## 0.1.0\n\n- `Board.code` came.\n"


@pytest.mark.parametrize(
    ("old", "new", "coordinate"),
    [
        (" code: String }", " }", "Board.code"),
        ("name: String! code", "name: String code", "Board.name"),
        (", asOf: String", "", "Query.board(asOf:)"),
        ("code: String, asOf", "code: String, at: Int!, asOf", "Query.board(at:)"),
        ("SMALL", "", "Kind.SMALL"),
        (" implements Named", "", "Board"),
        ("enum Kind { LARGE SMALL }", "scalar Kind", "Kind"),
    ],
)
def test_what_breaks_a_client_is_said_by_its_coordinate(old: str, new: str, coordinate: str) -> None:
    """Under Unreleased and nowhere else; an older section is about an older promise."""
    changed = _OLD.replace(old, new, 1)

    silent = unsaid(_OLD, changed, _changelog("- Something else."))

    assert len(silent) == 1
    assert f"Say `{coordinate}` under Unreleased" in silent[0]
    assert unsaid(_OLD, changed, _changelog(f"- **For front-end developers:** `{coordinate}` is gone.")) == []


def test_what_is_added_breaks_nobody() -> None:
    """A field, an argument that may be left out, a type."""
    changed = _OLD.replace("asOf: String", "asOf: String, knownAt: String").replace(
        "code: String }", "code: String id: ID }"
    )

    assert unsaid(_OLD, changed, "") == []


def test_the_promise_is_the_last_tag_or_else_the_last_that_was_different(tmp_path: Path) -> None:
    """So a change is judged when it is written, and again when it is committed."""

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def write(text: str) -> None:
        (tmp_path / "schema" / "schema.graphql").write_text(text, encoding="utf-8")
        git("add", "-A")
        git("commit", "-m", "x")

    (tmp_path / "schema").mkdir()
    git("init")
    (tmp_path / "schema" / "schema.graphql").write_text("first", encoding="utf-8")
    assert promised(tmp_path) is None
    write("first")
    write("second")
    assert (promised(tmp_path) or ("", ""))[1] == "first"
    git("tag", "-m", "0.1.0", "0.1.0")
    write("third")
    write("fourth")

    assert promised(tmp_path) == ("0.1.0", "second")
