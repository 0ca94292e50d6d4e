from django.apps import AppConfig


class BaselineConfig(AppConfig):
    """One plain table with a form, a list, a page: what the same server does when it keeps nothing but a row."""

    name = "benchmarks.baseline"
    label = "baseline"

    def ready(self):
        from benchmarks.baseline.watch import watch_turns

        watch_turns()
