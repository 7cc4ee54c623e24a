"""Which app answers which path. Every app names its own full paths; this page is their order."""

from importlib.util import find_spec

from django.urls import include, path

APPS = [
    "ggzy.foundation.ui",
    "ggzy.foundation.journal",
    "ggzy.foundation.identity",
    "ggzy.foundation.vault",
    "ggzy.registers.catalog",
    "ggzy.registers.parties",
    "ggzy.registers.credit",
    "ggzy.registers.experts",
    "ggzy.trading.projects",
    "ggzy.trading.notices",
    "ggzy.trading.deposits",
    "ggzy.trading.objections",
    "ggzy.trading.tendering",
    "ggzy.trading.auctions",
    "ggzy.trading.evaluation",
    "ggzy.trading.contracting",
    "ggzy.trading.dossier",
    "ggzy.oversight.alerts",
    "ggzy.oversight.cases",
    "ggzy.service.portal",
    "ggzy.desk",
]

urlpatterns = [path("", include(f"{app}.urls")) for app in APPS if find_spec(f"{app}.urls")]

handler400 = "ggzy.foundation.ui.errors.bad_request"
handler403 = "ggzy.foundation.ui.errors.forbidden"
handler404 = "ggzy.foundation.ui.errors.missing"
handler500 = "ggzy.foundation.ui.errors.trouble"
