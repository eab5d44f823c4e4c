"""What every command starts from: the settings of the process."""

import os

from server.settings import Settings


def current_settings() -> Settings:
    """Return the settings that the environment gives."""
    return Settings.from_environment(os.environ)
