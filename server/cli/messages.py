"""Where a command tells what accompanies its work: standard error; standard output is for results."""

from rich.console import Console


def messages() -> Console:
    """Return the console for messages and progress."""
    return Console(stderr=True, highlight=False, soft_wrap=True)
