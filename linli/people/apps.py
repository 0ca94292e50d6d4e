from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "linli.people"
    label = "people"

    def ready(self) -> None:
        """Declare our importer, the names for the audit, what we hold about a person and the questions we ask."""
        from linli.audit.rules import TELLERS, Teller, declare_verbs
        from linli.batches.imports import IMPORTERS
        from linli.people import imports, receivers
        from linli.people.held import HELD
        from linli.people.held.below import BELOW
        from linli.people.held.ours import PEOPLE
        from linli.people.queries import names_of
        from linli.people.rules import AUDIT_WORDS, OUR_SCOPES, SCOPES, words_for
        from linli.people.states import PRIVACY_VERBS
        from linli.places.signals import place_moved

        place_moved.connect(receivers.follow_place, dispatch_uid="people.follow_place")
        IMPORTERS.declare(imports.PEOPLE)
        TELLERS.declare(Teller("persons", names_of))
        TELLERS.declare(Teller("words", words_for))
        declare_verbs(AUDIT_WORDS | PRIVACY_VERBS)
        for holding in (PEOPLE, *BELOW):
            HELD.declare(holding)
        for scope in OUR_SCOPES:
            SCOPES.declare(scope)
