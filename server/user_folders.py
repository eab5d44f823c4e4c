"""Where this user's files of icsgraph lie, by the XDG convention."""

import os
from collections.abc import Mapping
from pathlib import Path


def user_cache(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what can be fetched again, such as Neo4j's jars."""
    return _folder(environment, "XDG_CACHE_HOME", ".cache")


def user_state(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what a user keeps, such as the local database and its password."""
    return _folder(environment, "XDG_DATA_HOME", ".local/share")


def _folder(environment: Mapping[str, str], variable: str, default: str) -> Path:
    named = Path(environment.get(variable, ""))
    # The convention: a relative path there is invalid and to be ignored.
    root = named if named.is_absolute() else Path.home() / default
    return root / "icsgraph"
