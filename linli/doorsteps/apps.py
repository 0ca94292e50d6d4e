from django.apps import AppConfig


class DoorstepsConfig(AppConfig):
    name = "linli.doorsteps"
    label = "doorsteps"
