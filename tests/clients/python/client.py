"""What a developer in Python writes with the generated client: typed answers, and nothing of GraphQL in the code.

It asks the server whose address it is given, and prints what it found as JSON.
"""

import asyncio
import json
import sys
from datetime import date

from icsgraph_client import Icsgraph, Origin
from icsgraph_client.enums import CoverageOutcome

_SECONDS = 60  # a database that was just started plans its first queries for seconds


async def systems(client: Icsgraph) -> dict[str, str]:
    """Return all systems, page by page."""
    found: dict[str, str] = {}
    after: str | None = None
    while True:
        page = (await client.systems(first=20, after=after, timeout=_SECONDS)).integrated_care_systems
        found |= {one.code: one.name for one in page.nodes}
        if not page.page_info.has_next_page:
            return found
        after = page.page_info.end_cursor


async def main(url: str) -> None:
    """Ask all that there is a document of."""
    async with Icsgraph(url) as client:
        answer = (await client.covered(of="U41591", as_of=date(2026, 8, 1), timeout=_SECONDS)).coverage
        outcome: CoverageOutcome = answer.outcome
        since: list[date] = [one.validity.from_ for one in answer.services]
        near = (await client.near(Origin(postcode="TS18 1HU"), timeout=_SECONDS)).nearest
        told = {
            "day": answer.as_of.isoformat(),
            "outcome": outcome.value,
            "since": [one.isoformat() for one in since],
            "services": [one.service.code for one in answer.services],
            "systems": await systems(client),
            "nearest": [one.node.code for one in near.hits],
        }
    print(json.dumps(told))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
