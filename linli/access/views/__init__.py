"""The pages at the door."""

from linli.access.views import accounts, hats, own, signing

__all__ = ["accounts", "hats", "own", "signing"]
