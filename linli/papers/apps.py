from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "linli.papers"
    label = "papers"

    def ready(self) -> None:
        """Say our verbs, and what we hold about people."""
        from linli.audit.rules import declare_verbs
        from linli.papers.held import PAPERS
        from linli.people.held import HELD

        HELD.declare(PAPERS)
        declare_verbs({"address.tried": _("用手机试通了二维码的网址")})
