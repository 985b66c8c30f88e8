"""An HTTP client for humans in a hurry."""

from .session import Session

__all__ = ["Session", "get"]

DEFAULT_TIMEOUT = 10


def get(url, timeout=DEFAULT_TIMEOUT):
    """Fetch one page and close the connection.

    Raises :class:`TimeoutError` when the server is slow.
    """
    with Session(timeout=timeout) as session:
        return session.get(url)


def _retry(times):
    return range(times)
