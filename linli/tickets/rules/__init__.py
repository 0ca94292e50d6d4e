"""Pure decisions about reports: plain values in and out."""
