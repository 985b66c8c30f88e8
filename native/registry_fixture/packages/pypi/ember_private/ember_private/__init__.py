"""Everything is kept in a private module."""

from ._client import Client, connect as open_client

__all__ = ["Client", "open_client"]
