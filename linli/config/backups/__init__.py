"""Backups: one archive with the database as it stood at one moment, the files, and what proves both."""
