"""Addresses of the portal."""

from django.urls import path

from ggzy.service.portal.views import api, exports, guides, home, notices, openings, parties, verify

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("notices/", notices.search, name="notices"),
    path("notices/index.<slug:ending>", exports.export, name="export"),
    path("notices/<str:notice>/", notices.notice, name="notice"),
    path("notices/<str:notice>/files/<int:number>/", notices.attachment, name="attachment"),
    path("openings/", openings.calendar, name="openings"),
    path("openings/index.ics", openings.feed, name="openings-ics"),
    path("openings/<str:lot>/", openings.hall, name="opening"),
    path("parties/<str:code>/", parties.party, name="party"),
    path("verify/", verify.verify, name="verify"),
    path("verify/keys.json", verify.key_file, name="keys"),
    path("verify/receipts/<str:code>.ggzy", verify.receipt_file, name="receipt-file"),
    path("verify/draws/<str:lot>/", verify.draws, name="draws"),
    path("help/", guides.index, name="help"),
    path("help/<slug:guide>/", guides.guide, name="guide"),
    path("accessibility/", guides.accessibility, name="accessibility"),
    path("api/", api.document, name="api"),
    path("api/openapi.json", api.description, name="openapi"),
    path("api/", api.API.urls),
]
