"""`python -m server.cli`, the same as `icsgraph`."""

from server.cli import main

main()
