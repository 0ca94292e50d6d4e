from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "linli.people"
    label = "people"

    def ready(self) -> None:
        """Declare our importer, the names for the audit, what we hold about a person and the questions we ask."""
        from linli.audit.rules import TELLERS, Teller, declare_verbs
        from linli.batches.imports import IMPORTERS
        from linli.people import imports, receivers
        from linli.people.actions import forget_badge_photos
        from linli.people.held import HELD
        from linli.people.held.below import BELOW
        from linli.people.held.ours import PEOPLE
        from linli.people.queries import names_of
        from linli.people.rules import AUDIT_WORDS, BADGE_PHOTO, OUR_SCOPES, SCOPES, Scope, words_for
        from linli.people.states import PRIVACY_VERBS, SERVING_VERBS
        from linli.places.signals import place_moved

        place_moved.connect(receivers.follow_place, dispatch_uid="people.follow_place")
        IMPORTERS.declare(imports.PEOPLE)
        TELLERS.declare(Teller("persons", names_of))
        TELLERS.declare(Teller("words", words_for))
        declare_verbs(AUDIT_WORDS | PRIVACY_VERBS | SERVING_VERBS)
        for holding in (PEOPLE, *BELOW):
            HELD.declare(holding)
        for scope in OUR_SCOPES:
            SCOPES.declare(scope)
        SCOPES.declare(
            Scope(
                BADGE_PHOTO,
                _("把我的照片印在工作牌上"),
                _(
                    "社区想把您的一张正面照印在工作牌上，让邻居开门前认得出您。照片只用在这张牌上，不公开、不比对、不给别人；"
                    "扫牌上的码只看到有没有效、哪个队伍、到哪天。一年后到期再问。不同意也发牌，只是不放照片；"
                    "随时可以在「我的」里撤回，照片马上删掉。有意见可以打社区电话，或向网信部门反映。"
                ),
                is_sensitive=True,
                on_withdrawn=lambda actor, person: forget_badge_photos(actor=actor, person=person),
            )
        )
