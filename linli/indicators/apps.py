from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "linli.indicators"
    label = "indicators"

    def ready(self) -> None:
        from linli.audit.rules import declare_verbs

        declare_verbs(
            {
                "figures.rebuilt": _("重算了指标"),
            }
        )
