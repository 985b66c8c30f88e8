def hidden():
    """In a private module."""
