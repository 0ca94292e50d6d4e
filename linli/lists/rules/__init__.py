"""Pure decisions: which reports a list holds, and what an old ledger tells."""

from linli.lists.rules.sieve import LASTS, MOST, Sieve, is_over, sieve_of, watermark

__all__ = ["LASTS", "MOST", "Sieve", "is_over", "sieve_of", "watermark"]
