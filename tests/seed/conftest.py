"""Raw folders of one tiny file, the committed tables, and where the real raw files are."""

import hashlib
import os
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from seed.build.raw import RawFolder
from seed.source import Expected, Source

RawMaker = Callable[..., RawFolder]


def tiny_source(code: str, content: bytes, expected: dict[str, Expected] | None = None) -> Source:
    """Describe a raw file as sources.yml would."""
    return Source(
        code=code,
        series=code,
        publisher="A publisher",
        title="A title",
        url="https://example.org",
        licence="Open Government Licence v3.0",
        as_at=date(2026, 1, 1),
        date_read=date(2026, 11, 24),
        sha256=hashlib.sha256(content).hexdigest(),
        file=f"{code}.csv",
        absence_means="nothing",
        expected=expected or {},
    )


@pytest.fixture
def raw_of(tmp_path: Path) -> RawMaker:
    """Make a folder of raw files from their texts by code."""

    def make(
        texts: dict[str, str | bytes], expected: dict[str, Expected] | None = None, *, renew: bool = False
    ) -> RawFolder:
        sources = []
        for code, text in texts.items():
            content = text if isinstance(text, bytes) else text.encode()
            (tmp_path / f"{code}.csv").write_bytes(content)
            sources.append(tiny_source(code, content, expected))
        return RawFolder(tmp_path, sources, renew=renew)

    return make


@pytest.fixture(scope="session")
def committed_tables() -> Path:
    """The folder of the committed tables."""
    return Path(str(files("seed"))) / "data"


@pytest.fixture(scope="session")
def real_sources() -> Path:
    """The folder of the real raw files; a test that needs them says so where there is none."""
    named = os.environ.get("ICSGRAPH_SOURCES")
    folder = Path(named) if named else Path(str(files("seed"))).parent.parent / "shared" / "sources"
    if not folder.is_dir():
        pytest.skip(f"the raw files are not in {folder}; ICSGRAPH_SOURCES can say where they are")
    return folder
