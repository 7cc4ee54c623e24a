"""拍卖、挂牌、竞价的地址."""

from django.urls import path

from ggzy.trading.auctions.views import room

app_name = "auctions"
ROOM = "auctions/<str:room>/"
urlpatterns = [
    path(ROOM, room.room, name="room"),
    path(ROOM + "state.json", room.state, name="state"),
    path(ROOM + "offers.json", room.offers, name="offers"),
    path(ROOM + "door.json", room.door, name="door"),
    path(ROOM + "read.json", room.read, name="read"),
]
