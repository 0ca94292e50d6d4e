from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "linli.papers"
    label = "papers"

    def ready(self) -> None:
        """Say our verbs."""
        from linli.audit.rules import declare_verbs

        declare_verbs({"address.tried": _("用手机试通了二维码的网址")})
