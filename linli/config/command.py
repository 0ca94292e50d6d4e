"""The `linli` command: every management command under one name."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run ``linli <command>``. A tally is counted without Django: it must need nothing but the files."""
    if sys.argv[1:2] == ["tally"]:
        from linli.voting.exports import main as tally

        sys.exit(tally(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
