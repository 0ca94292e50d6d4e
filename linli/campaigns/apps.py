from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "linli.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        from linli.audit.rules import declare_verbs

        declare_verbs(
            {
                "campaign.started": _("开了一个专项"),
                "campaign.ended": _("结束了一个专项"),
                "campaign.tagged": _("打了标签"),
            }
        )
