"""Where it really is."""


class Client:
    """Talks to a server."""

    def send(self, text: str, *, retries: int = 0) -> bytes:
        """Send a text."""
        return b""


def connect(host: str) -> Client:
    """Connect to a server."""
    return Client()


def helper() -> None:
    """Not handed on by anyone."""
