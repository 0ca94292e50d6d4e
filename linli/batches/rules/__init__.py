"""Pure decisions about files and their columns."""

from linli.batches.rules.columns import Column, denied, proposed_mapping, recognised
from linli.batches.rules.reading import Table, read_table
from linli.batches.rules.writing import write_csv, write_xlsx

__all__ = ["Column", "Table", "denied", "proposed_mapping", "read_table", "recognised", "write_csv", "write_xlsx"]
