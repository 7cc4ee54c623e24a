"""招标采购的地址."""

from django.urls import path

from ggzy.trading.tendering.views import bidder, custodian, hall, owner, pieces, rehearsal

app_name = "tendering"
LOT = "desk/lots/<str:code>/"
CUSTODY = "custody/<str:who>/"
CASE = CUSTODY + "<str:code>/<int:round>/<str:stage>"
urlpatterns = [
    path(LOT + "custody/", owner.custody, name="custody"),
    path(LOT + "announce/", owner.announce, name="announce"),
    path(LOT + "clarify/", owner.clarify, name="clarify"),
    path(LOT + "extend/", owner.extend, name="extend"),
    path(LOT + "retender/", owner.retender, name="retender"),
    path(LOT + "opening/", hall.console, name="opening"),
    path(LOT + "opening/<slug:verb>/", hall.act, name="opening-act"),
    path(LOT + "bid/", bidder.bid, name="bid"),
    path(LOT + "bid/seal.json", bidder.seal, name="seal"),
    path(LOT + "bid/upload/", bidder.upload, name="upload"),
    path(LOT + "bid/submit/", bidder.submit, name="submit"),
    path(LOT + "bid/withdraw/", bidder.withdraw, name="withdraw"),
    path(LOT + "bid/receipt/", bidder.receipt, name="receipt"),
    path(LOT + "bid/rehearse/", rehearsal.rehearse, name="rehearse"),
    path(LOT + "bid/documents/<int:version>/", bidder.take, name="take"),
    path(LOT + "bid/uploads/<str:upload>/", pieces.held, name="pieces"),
    path(LOT + "bid/uploads/<str:upload>/done/", pieces.done, name="assemble"),
    path(LOT + "bid/uploads/<str:upload>/<int:index>/", pieces.piece, name="piece"),
    path(LOT + "ask/", bidder.ask, name="ask"),
    path(LOT + "hall/", hall.hall, name="hall"),
    path(LOT + "hall/unlock.json", hall.unlock, name="unlock"),
    path(LOT + "hall/remedy/", hall.remedy, name="remedy"),
    path(LOT + "hall/<slug:verb>/", hall.present, name="present"),
    path(LOT + "keys/", custodian.keys, name="keys"),
    path(CUSTODY + "todo.json", custodian.todo, name="custody-todo"),
    path(CUSTODY + "keys", custodian.post_key, name="custody-key"),
    path(CASE + ".json", custodian.case, name="custody-case"),
    path(CASE + "/shares", custodian.post_shares, name="custody-shares"),
]
