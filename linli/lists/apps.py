from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "linli.lists"
    label = "lists"

    def ready(self) -> None:
        from linli.batches.imports import IMPORTERS
        from linli.lists.held import LISTS
        from linli.lists.imports import TICKETS
        from linli.people.held import HELD

        IMPORTERS.declare(TICKETS)
        HELD.declare(LISTS)
