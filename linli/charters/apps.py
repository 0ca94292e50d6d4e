from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ChartersConfig(AppConfig):
    name = "linli.charters"
    label = "charters"

    def ready(self) -> None:
        from linli.audit.rules import declare_verbs
        from linli.charters import receivers

        post_migrate.connect(receivers.keep_national_profile, sender=self, dispatch_uid="charters.keep_profile")
        declare_verbs(
            {
                "charter.applied": _("启用了章程"),
                "calendar.changed": _("改了日历"),
            }
        )
