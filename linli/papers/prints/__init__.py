"""What leaves the printer: posters at doors, the sheet a repairman takes along, the reporter's slip, the day's list."""

from linli.papers.prints.paper import Paper, both, paper_for
from linli.papers.prints.posters import Poster, posters_of, sayings_of

__all__ = ["Paper", "Poster", "both", "paper_for", "posters_of", "sayings_of"]
