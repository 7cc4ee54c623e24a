"""Addresses of signing in and out."""

from django.conf import settings
from django.urls import path

from ggzy.foundation.identity import views

app_name = "identity"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("desk/switch/", views.switch, name="switch"),
    *([path("tour/as/", views.sign_in_as, name="demo")] if settings.SIMULATION else []),
]
