from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "linli.notices"
    label = "notices"

    def ready(self) -> None:
        """Declare what our messages hold about a person."""
        from linli.notices.held import NOTICES
        from linli.people.held import HELD

        HELD.declare(NOTICES)
