"""The command line, `icsgraph`: one module a command.

Exit codes: 0 done · 1 a check found something · 2 bad usage or a bad setting · 3 the surroundings fail us (a taken
port, a full disk, a database away) · 4 the data is not in order · 130 Ctrl-C · 143 ended from outside.
What went wrong is one sentence on standard error.
"""

from server.cli.commands import main

__all__ = ["main"]
