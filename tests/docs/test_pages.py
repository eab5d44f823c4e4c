"""The pages of docs/ are what the code says, and every link in them leads somewhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from schema.catalogue import contract, relationships
from server.settings import listing

_ROOT = Path(__file__).parents[2]
_DOCS = _ROOT / "docs"
_PAGES = sorted([*_DOCS.glob("*.md"), _ROOT / "README.md"])
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def _write(folder: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "scripts.write_docs", "--folder", folder, *more],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_the_pages_are_what_the_code_says() -> None:
    """Whoever changes a concept, a setting or a command runs scripts/docs."""
    done = _write(_DOCS, "--check")

    assert (done.returncode, done.stderr) == (0, "")


def test_a_page_that_was_changed_by_hand_is_found_and_written_anew(tmp_path: Path) -> None:
    """The check names it and changes nothing; writing mends it."""
    folder = Path(shutil.copytree(_DOCS, tmp_path / "docs"))
    page = folder / "settings.md"
    page.write_text(page.read_text(encoding="utf-8").replace("ICSGRAPH_PORT", "ICSGRAPH_PROT"), encoding="utf-8")

    checked = _write(folder, "--check")
    is_unchanged = "ICSGRAPH_PROT" in page.read_text(encoding="utf-8")
    written = _write(folder)

    assert (checked.returncode, is_unchanged, written.returncode) == (1, True, 0)
    assert checked.stderr == "docs/settings.md: is not what the code says; run scripts/docs\n"
    assert page.read_bytes() == (_DOCS / "settings.md").read_bytes()


def test_the_graph_page_has_every_concept_and_relationship() -> None:
    """In the picture, under a heading, and in the table."""
    text = (_DOCS / "graph.md").read_text(encoding="utf-8")
    picture = text.partition("```mermaid\n")[2].partition("```")[0]

    for name, concept in contract().catalogue.concepts.items():
        if concept.label:
            assert f"\n### {name}\n" in text
            assert concept.is_timeless or f"  {name}[{name}]\n" in picture
    for one in relationships():
        assert re.search(rf"\|(\w+ / )*{one.type}( / \w+)*\|", picture), one.type
        assert f"| `{one.type}` |" in text


def test_the_settings_page_has_every_setting() -> None:
    """Each is a row with its default and what it does."""
    text = (_DOCS / "settings.md").read_text(encoding="utf-8")

    for variable, default, explanation in listing():
        assert f"| `{variable}` | `{default}` | {explanation} |" in text


@pytest.mark.parametrize("command", ["up", "serve", "ask", "seed load", "seed check", "seed build", "seed diff"])
def test_the_commands_page_has_every_command(command: str) -> None:
    """Under a heading, with what it says of itself."""
    text = (_DOCS / "commands.md").read_text(encoding="utf-8")

    assert f"\n## icsgraph {command}\n" in text
    assert f"Usage: icsgraph {command} " in text


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """Files that are there, and headings that are in them."""
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith(("https://", "http://")):
            continue
        file, _, anchor = target.partition("#")
        leads_to = (page.parent / file).resolve() if file else page
        assert leads_to.exists(), target
        if anchor:
            assert anchor in _anchors(leads_to.read_text(encoding="utf-8")), target


def test_the_index_links_every_page() -> None:
    """No page is there that nobody finds."""
    linked = set(_LINK.findall((_DOCS / "index.md").read_text(encoding="utf-8")))

    assert {page.name for page in _DOCS.glob("*.md")} - {"index.md"} <= linked


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_a_page_names_no_place_of_a_machine(page: Path) -> None:
    """What is published holds no path of whoever wrote it."""
    assert not re.search(r"/(work|root|home|tmp)/", page.read_text(encoding="utf-8"))
