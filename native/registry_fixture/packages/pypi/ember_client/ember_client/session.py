"""Connections that are kept."""


class Session:
    """Keeps connections open between requests."""

    def __init__(self, timeout: float = 10.0) -> None:
        self.timeout = timeout

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def get(self, url: str, *, stream: bool = False) -> bytes:
        """Fetch ``url`` over a kept connection."""
        return b""

    async def aget(self, url: str) -> bytes:
        """The same for asynchronous callers."""
        return b""

    def close(self) -> None:
        """Close all connections."""
