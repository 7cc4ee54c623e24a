"""Addresses of signing in and out."""

from django.conf import settings
from django.urls import path

from ggzy.foundation.identity import views

DEMO_ONLY = [
    path("tour/as/", views.sign_in_as, name="demo"),
    path("desk/me/certificate/", views.claim, name="claim"),
]

app_name = "identity"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/password/", views.set_password, name="set-password"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("desk/switch/", views.switch, name="switch"),
    path("desk/me/", views.me, name="me"),
    path("desk/me/password/", views.change_password, name="password"),
    path("desk/me/sessions/end/", views.end_other_sessions, name="end-others"),
    path("desk/me/certificates/<slug:fingerprint>/revoke/", views.revoke, name="revoke"),
    *(DEMO_ONLY if settings.SIMULATION else []),
]
