from django.urls import path

from benchmarks.baseline import views

urlpatterns = [
    path("base/create/", views.create),
    path("base/list/<int:size>/", views.listed),
    path("base/show/<int:pk>/", views.show, name="bench-show"),
    path("base/change/<int:pk>/", views.change),
    path("bare/create/", views.bare_create),
    path("bare/list/<int:size>/", views.bare_list),
    path("bare/show/<int:pk>/", views.bare_show),
    path("bare/change/<int:pk>/", views.bare_change),
    path("turns/", views.turns),
]
