from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "linli.access"
    label = "access"

    def ready(self) -> None:
        """Listen to `people`, and declare what we hold about a person."""
        from linli.access import receivers  # noqa: F401
        from linli.access.held import ACCESS
        from linli.access.permissions import may_invite, may_open_account
        from linli.access.rules import AUDIT_WORDS
        from linli.audit.rules import declare_verbs
        from linli.people.held import HELD
        from linli.people.rules import PERSON_PAGES, PersonPage

        HELD.declare(ACCESS)
        declare_verbs(AUDIT_WORDS)
        PERSON_PAGES.declare(PersonPage("account", _("账号和开通单"), "account-open", may_open_account))
        PERSON_PAGES.declare(PersonPage("invitation", _("给一张手机邀请单"), "account-invite", may_invite))
