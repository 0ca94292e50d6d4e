from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FacilitiesConfig(AppConfig):
    name = "linli.facilities"
    label = "facilities"

    def ready(self) -> None:
        from linli.audit.rules import declare_verbs

        declare_verbs(
            {
                "facilities.added": _("登记了设施"),
                "facility.changed": _("改了设施资料"),
                "facility.stopped": _("记下设施停用"),
                "facility.restarted": _("记下设施恢复"),
                "facility.inspected": _("记下设施检验"),
            }
        )
