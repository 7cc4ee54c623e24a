"""拍卖、挂牌、竞价的地址."""

from django.urls import path

from ggzy.trading.auctions.views import (
    announcing,
    applying,
    claiming,
    conducting,
    custodian,
    deciding,
    film,
    hall,
    keeping,
    lots,
    pictures,
    relisting,
    room,
    sealing,
    settling,
)

app_name = "auctions"
ROOM = "auctions/<str:room>/"
LOT = "desk/lots/<str:code>/auction/"
ONE = LOT + "applications/<str:party>/"
CUSTODY = "custody/auctions/<str:who>/"
CASE = CUSTODY + "<str:code>/<int:round>/<str:stage>"
urlpatterns = [
    path(LOT, settling.overview, name="overview"),
    path(LOT + "announce/", announcing.announce, name="announce"),
    path(LOT + "amend/", announcing.amend, name="amend"),
    path(LOT + "pictures/", pictures.pictures, name="pictures"),
    path(LOT + "pictures/<str:digest>/remove/", pictures.remove, name="picture-remove"),
    path(LOT + "extend/", relisting.extend, name="extend"),
    path(LOT + "consent/", relisting.consent, name="consent"),
    path(LOT + "relist/", relisting.relist, name="relist"),
    path(LOT + "apply/", applying.application, name="apply"),
    path(LOT + "apply/send/", applying.apply, name="apply-send"),
    path(LOT + "apply/withdraw/", applying.withdraw, name="apply-withdraw"),
    path(LOT + "apply/viewing/", applying.viewing, name="viewing"),
    path(LOT + "apply/priority/", claiming.claim, name="claim"),
    path(LOT + "applications/", deciding.applications, name="applications"),
    path(ONE, deciding.application, name="application"),
    path(ONE + "admit/", deciding.admit, name="admit"),
    path(ONE + "priority/", claiming.decide, name="claim-decide"),
    path(ONE + "decline/", deciding.decline, name="decline"),
    path(LOT + "custody/", keeping.custody, name="custody"),
    path(LOT + "keys/", keeping.keys, name="keys"),
    path(LOT + "case.json", keeping.case, name="case"),
    path(LOT + "lots/commit/", lots.commit, name="lots-commit"),
    path(LOT + "lots/reveal/", lots.reveal, name="lots-reveal"),
    path(LOT + "prepare/", deciding.prepare, name="prepare"),
    path(LOT + "settle/", settling.settle, name="settle"),
    path(LOT + "sign/", settling.sign, name="sign"),
    path(LOT + "default/", settling.default, name="default"),
    path(LOT + "room/", conducting.console, name="console"),
    path(LOT + "room/<slug:verb>/", conducting.act, name="conduct"),
    path(LOT + "watch/", conducting.watch, name="watch"),
    path(LOT + "seal.json", sealing.order, name="seal"),
    path(LOT + "sealed/", sealing.hold, name="hold"),
    path(CUSTODY + "todo.json", custodian.todo, name="custody-todo"),
    path(CUSTODY + "keys", custodian.post_key, name="custody-key"),
    path(CASE + ".json", custodian.case, name="custody-case"),
    path(CASE + "/shares", custodian.post_shares, name="custody-shares"),
    path("auctions/", hall.hall, name="hall"),
    path(ROOM, room.room, name="room"),
    path(ROOM + "state.json", room.state, name="state"),
    path(ROOM + "offers.json", room.offers, name="offers"),
    path(ROOM + "door.json", room.door, name="door"),
    path(ROOM + "film/", film.film, name="film"),
    path(ROOM + "film.json", film.frames, name="film-json"),
    path(ROOM + "read.json", room.read, name="read"),
]
