"""What every command starts from: the settings of the process, and where messages go."""

import os

from rich.console import Console

from server.settings import Settings


def current_settings() -> Settings:
    """Return the settings that the environment gives."""
    return Settings.from_environment(os.environ)


def messages() -> Console:
    """Return the console for what accompanies the work; standard output is for results."""
    return Console(stderr=True, highlight=False, soft_wrap=True)
