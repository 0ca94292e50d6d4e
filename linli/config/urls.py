"""Every module's addresses, side by side: a module's ``urls.py`` writes its paths in full."""

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from linli.config import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.start, name="start"),
    path("healthz", views.healthz, name="healthz"),
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
