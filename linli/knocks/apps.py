from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnocksConfig(AppConfig):
    name = "linli.knocks"
    label = "knocks"

    def ready(self) -> None:
        from linli.audit.rules import declare_verbs

        declare_verbs({"knock.said": _("当面或打电话转告了"), "knock.missed": _("去转告，没找到人")})
