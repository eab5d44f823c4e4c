"""Ports are found taken before anything is started."""

import socket

import pytest

from server.errors import PortTaken
from server.ports import LOOPBACK, claim, listen


def test_a_taken_port_is_one_sentence() -> None:
    """The sentence names the port, what it was wanted for, and the setting that names another."""
    with socket.create_server((LOOPBACK, 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(PortTaken) as raised:
            claim(LOOPBACK, port, "GraphQL", "ICSGRAPH_PORT")

    assert str(raised.value) == (
        f"Port {port} on 127.0.0.1, wanted for GraphQL, is taken; ICSGRAPH_PORT can name another."
    )


def test_zero_is_any_free_port() -> None:
    """What is claimed can then be listened on."""
    port = claim(LOOPBACK, 0, "GraphQL", "ICSGRAPH_PORT")

    with listen(LOOPBACK, port, "GraphQL", "ICSGRAPH_PORT") as listening:
        assert listening.getsockname()[1] == port


def test_an_address_that_is_not_of_this_machine_is_one_sentence() -> None:
    """A host that cannot be listened on is explained too."""
    with pytest.raises(PortTaken, match=r"Cannot listen on 192\.0\.2\.1 port 8000 for GraphQL"):
        claim("192.0.2.1", 8000, "GraphQL", "ICSGRAPH_PORT")
