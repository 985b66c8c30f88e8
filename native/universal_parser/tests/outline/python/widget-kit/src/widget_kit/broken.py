"""One error does not take the rest."""


def before(): ...


def broken(:
    x = = 1


class After:
    def method(self) -> int:
        """Still here."""
        return 1


def last(a, b=1): ...
