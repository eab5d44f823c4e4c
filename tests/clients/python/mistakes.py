"""What a type checker must find: each line has a mistake, and one that it does not see is an unused comment."""

from icsgraph_client import Icsgraph, Origin


async def mistakes(client: Icsgraph) -> None:
    """Make them."""
    await client.covered()  # type: ignore[call-arg]  # the code is needed
    await client.systems(first="many")  # type: ignore[arg-type]  # a page has a number of rows
    page = (await client.systems()).integrated_care_systems
    print(page.nodes[0].standing)  # type: ignore[attr-defined]  # nobody asked for this field
    await client.near(Origin(postcode=1))  # type: ignore[arg-type]  # a postcode is a text
