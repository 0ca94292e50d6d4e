from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MattersConfig(AppConfig):
    name = "linli.matters"
    label = "matters"

    def ready(self) -> None:
        """Declare what the story holds about a person."""
        from linli.audit.rules import declare_verbs
        from linli.matters import receivers
        from linli.matters.held import MATTERS
        from linli.matters.permissions import may_hand_over
        from linli.people.held import HELD
        from linli.people.rules import PERSON_PAGES, PersonPage
        from linli.places.signals import place_moved

        place_moved.connect(receivers.follow_place, dispatch_uid="matters.follow_place")
        HELD.declare(MATTERS)
        PERSON_PAGES.declare(PersonPage("leave", _("离任交接"), "person-leave", may_hand_over))
        declare_verbs(
            {
                "matter.followed": _("跟着这件事"),
                "matter.unfollowed": _("不再跟着这件事"),
                "matter.person_forgotten": _("不再告诉注销的人"),
                "matter.linked": _("和另一件事连在一起"),
                "matter.unlinked": _("和另一件事分开"),
                "matter.reminded": _("提醒了经办人"),
                "matter.recounted": _("重算了期限"),
                "handover.made": _("办了离任交接"),
            }
        )
