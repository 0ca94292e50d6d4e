from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "linli.desks"
    label = "desks"
