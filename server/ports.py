"""Ports of the loopback interface: whether one is free, and one that is."""

import errno
import socket

from server.errors import PortTaken

LOOPBACK = "127.0.0.1"


def claim(host: str, port: int, purpose: str, variable: str) -> int:
    """Return the port that may be listened on: `port` itself if it is free, or any free one for 0.

    `purpose` and `variable` (the setting that names the port) go into the sentence where it is not.
    Nothing is held: whoever asked binds the port next, and meets the same error if somebody else was faster.

    Raises:
        PortTaken: somebody listens there already, or we may not.
    """
    with socket.socket(_family(host), socket.SOCK_STREAM) as candidate:
        # As servers do: a port whose last connections are still closing counts as free.
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                message = f"Port {port} on {host}, wanted for {purpose}, is taken; {variable} can name another."
            elif error.errno in {errno.EACCES, errno.EPERM}:
                message = f"Port {port} on {host}, wanted for {purpose}, is not ours: take one above 1023 ({variable})."
            else:
                message = f"Cannot listen on {host} port {port} for {purpose}: {error.strerror or error}."
            raise PortTaken(message) from error
        return int(candidate.getsockname()[1])


def listen(host: str, port: int, purpose: str, variable: str) -> socket.socket:
    """Return a socket that listens, for a server to take over.

    Raises:
        PortTaken: somebody has taken the port since it was claimed.
    """
    claim(host, port, purpose, variable)
    return socket.create_server((host, port), family=_family(host), backlog=2048)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
