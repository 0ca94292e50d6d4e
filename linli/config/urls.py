"""Every module's addresses, side by side: a module's ``urls.py`` writes its paths in full."""

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from linli.config.views import house, opening

urlpatterns: list[URLPattern | URLResolver] = [
    path("", house.start, name="start"),
    path("healthz", house.healthz, name="healthz"),
    path("begin/", opening.begin, name="begin"),
    path("opening/", opening.openings, name="openings"),
    path("opening/<str:code>/", opening.checklist, name="opening"),
    path("machine/", opening.machine, name="machine"),
]
urlpatterns += [
    path("", include(f"{app.name}.urls"))
    for app in apps.get_app_configs()
    if app.name.startswith("linli.") and app.label != "config" and module_has_submodule(app.module, "urls")
]

handler400 = "linli.ui.views.refusals.bad"
handler403 = "linli.ui.views.refusals.denied"
handler404 = "linli.ui.views.refusals.not_found"
handler500 = "linli.ui.views.refusals.broken"
