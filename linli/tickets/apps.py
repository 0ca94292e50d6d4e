from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "linli.tickets"
    label = "tickets"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from linli.audit.rules import declare_verbs
        from linli.matters.states import KINDS, Kind
        from linli.people.held import HELD
        from linli.tickets import receivers, states  # noqa: F401
        from linli.tickets.clock import on_alarm
        from linli.tickets.held import HOLDING
        from linli.tickets.queries.sight import may, say, seen_by

        KINDS.declare(
            Kind(
                name="ticket",
                words=_("反映的事"),
                flow=states.FLOW,
                url_name="ticket-detail",
                stations=states.STATIONS,
                resting=frozenset({states.RESOLVED, states.UNDER_REVIEW}),
                may=may,
                seen_by=seen_by,
                on_alarm=on_alarm,
                say=say,
            )
        )
        HELD.declare(HOLDING)
        moved = {f"ticket.{move.target.lower()}": move.words for move in reversed(states.MOVES) if move.target}
        told = {verb: words for verb, words in states.VERBS.items() if verb.startswith("ticket.")}
        declare_verbs(moved | told | states.AUDIT_WORDS)
