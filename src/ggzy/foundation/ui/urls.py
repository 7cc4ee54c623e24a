"""Addresses of the interface itself."""

from django.urls import path

from ggzy.foundation.ui import views

app_name = "ui"
urlpatterns = [
    path("style/<slug:fingerprint>.css", views.stylesheet, name="stylesheet"),
    path("clock/", views.clock, name="clock"),
    path("preferences/", views.preferences, name="preferences"),
    path("tour/parts/", views.parts, name="parts"),
]
