"""``python -m tests.robustness.plant``: the tests' town in an installation of its own; prints its posters' codes."""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")


def main() -> None:
    """Plant, and leave reports in every state from which a clock may take them."""
    import django

    django.setup()

    from linli.tickets.actions import check_ticket
    from linli.tickets.tests.conftest import Town

    town = Town()
    for _number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 0):
        town.file()
        town.dispatched()
        check_ticket(actor=town.who.desk, ticket=town.finished())
    tags = [town.place.building.tag, town.place.other.tag, town.place.far.tag]
    sys.stdout.write(json.dumps(tags))


if __name__ == "__main__":
    main()
