"""Addresses of the lot's public page and of the desk."""

from django.urls import path

from ggzy.desk.views import boards, clues, dossiers, lists, lots, tour, workbench

app_name = "desk"
urlpatterns = [
    path("lots/<str:code>/", lots.lot, name="lot"),
    path("lots/<str:code>/record/", lots.record, name="record"),
    path("lots/<str:code>/index.json", lots.data, name="lot-json"),
    path("lots/<str:code>/index.ics", lots.feed, name="lot-ics"),
    path("lots/<str:code>/dossier.zip", dossiers.dossier, name="dossier"),
    path("desk/lots/<str:code>/export/", dossiers.export, name="export"),
    path("desk/lots/<str:code>/export/<str:receipt>/", dossiers.exported, name="exported"),
    path("desk/lots/<str:code>/clues/", clues.clues, name="clues"),
    path("tour/keys/<str:person>.key", dossiers.demo_key, name="demo-key"),
    path("desk/", boards.board, name="board"),
    path("desk/lots/", boards.lots, name="lots"),
    path("desk/lots/<str:code>/", workbench.workbench, name="workbench"),
    path("desk/follow/", boards.follow, name="follow"),
    path("desk/bids/", lists.bids, name="bids"),
    path("desk/sittings/", lists.sittings, name="sittings"),
    path("desk/shares/", lists.shares, name="shares"),
    path("desk/day/", lists.day, name="day"),
    path("tour/", tour.tour, name="tour"),
    path("desk/journal/", boards.log, name="journal"),
]
