from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GridsConfig(AppConfig):
    name = "linli.grids"
    label = "grids"

    def ready(self) -> None:
        from linli.audit.rules import declare_verbs

        declare_verbs({"grid.item_added": _("加了网格清单"), "grid.item_ended": _("去掉了网格清单")})
