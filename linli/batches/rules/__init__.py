"""Pure decisions about files and their columns."""

from linli.batches.rules.columns import Column, denied, proposed_mapping, reason_of, recognised
from linli.batches.rules.reading import read_table
from linli.batches.rules.tables import Table
from linli.batches.rules.writing import write_csv, write_xlsx

__all__ = [
    "Column",
    "Table",
    "denied",
    "proposed_mapping",
    "read_table",
    "reason_of",
    "recognised",
    "write_csv",
    "write_xlsx",
]
