"""A writer on an empty, prepared graph, and one that holds the tiny England."""

from collections.abc import Callable
from typing import Any

import pytest
from neo4j import Driver

from cypher.writer import Writer
from tests.conftest import wipe
from tests.cypher.world import SOURCE, TODAY, opened, world

Ask = Callable[..., list[list[Any]]]


@pytest.fixture
def writer(neo4j_driver: Driver) -> Writer:
    """Give a writer as of a day in August 2026, on a graph that was prepared and holds nothing."""
    wipe(neo4j_driver)
    writer = Writer(neo4j_driver, TODAY)
    writer.prepare()
    return writer


@pytest.fixture
def tiny(writer: Writer) -> Writer:
    """Give a writer on a graph that holds the tiny England since its first change set."""
    writer.apply(opened(*world()), source="world", references=[SOURCE], check=True)
    return writer


@pytest.fixture
def ask(neo4j_driver: Driver) -> Ask:
    """Give a function that runs Cypher and returns the records' values."""

    def run(text: str, **parameters: Any) -> list[list[Any]]:
        with neo4j_driver.session() as session:
            return [record.values() for record in session.run(text, parameters)]

    return run
