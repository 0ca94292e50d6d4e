from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "linli.config"
    label = "config"

    def ready(self) -> None:
        """Say our verbs."""
        from linli.audit.rules import declare_verbs
        from linli.config.rules import AUDIT_WORDS

        declare_verbs(AUDIT_WORDS)
