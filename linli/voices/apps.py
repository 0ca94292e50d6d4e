from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VoicesConfig(AppConfig):
    name = "linli.voices"
    label = "voices"

    def ready(self) -> None:
        from linli.audit.rules import declare_verbs

        declare_verbs({"voice.recorded": _("录了一句乡音"), "voice.removed": _("删了一句乡音")})
