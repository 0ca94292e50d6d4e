from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnouncementsConfig(AppConfig):
    name = "linli.announcements"
    label = "announcements"

    def ready(self) -> None:
        from linli.audit.rules import declare_verbs

        declare_verbs(
            {
                "announcement.written": _("写了通知"),
                "announcement.published": _("发出了通知"),
                "announcement.prolonged": _("延长了通知的时间"),
                "announcement.withdrawn": _("取消了通知"),
                "announcement.told": _("上门告诉了通知"),
            }
        )
