from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "linli.places"
    label = "places"

    def ready(self) -> None:
        from linli.audit.rules import TELLERS, Teller, declare_verbs
        from linli.batches.imports import IMPORTERS
        from linli.places.imports import PLACES
        from linli.places.queries import codes_of

        TELLERS.declare(Teller("codes", codes_of))
        IMPORTERS.declare(PLACES)
        declare_verbs(
            {
                "places.added": _("登记了地方"),
                "place.changed": _("改了地方"),
                "place.closed": _("停用了地方"),
                "place.coded": _("换成国家统一代码"),
                "place.turn_planned": _("定下改名、合并或拆分"),
                "place.turn_dropped": _("撤销了改名、合并或拆分"),
                "place.turn_failed": _("改名、合并或拆分没有办成"),
                "place.turned": _("改了名、合并或拆分了"),
                "grid.covered": _("划定了网格"),
                "outline.imported": _("导入了范围"),
                "map.approved": _("登记了审图号"),
                "map.withdrawn": _("撤下了审图号"),
            }
        )
