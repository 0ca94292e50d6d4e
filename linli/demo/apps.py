from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "linli.demo"
    label = "demo"

    def ready(self) -> None:
        from linli.audit.rules import declare_verbs

        declare_verbs(
            {
                "demo.marked": _("种下了示范小区"),
                "demo.skipped": _("把示范小区的时钟往前拨了"),
            }
        )
