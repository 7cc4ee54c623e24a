"""日志的地址. C2SP tlog-tiles names the paths below the shard."""

from django.urls import path, register_converter

from ggzy.foundation.journal import views


class TileNumber:
    """瓦片编号. As C2SP writes it in a path: x001/x234/067 is 1234067."""

    regex = r"(?:x\d{3}/){0,3}\d{3}"

    def to_python(self, text: str) -> int:
        return int(text.replace("x", "").replace("/", ""))

    def to_url(self, number: int) -> str:
        groups = f"{number:,}".split(",")
        return "/".join([*(f"x{group:0>3}" for group in groups[:-1]), f"{groups[-1]:0>3}"])


register_converter(TileNumber, "tile")

app_name = "journal"
urlpatterns = [
    path("log/", views.log, name="log"),
    path("log/<slug:shard>/checkpoint", views.checkpoint, name="checkpoint"),
    path("log/<slug:shard>/tile/entries/<tile:number>", views.entries, name="entries"),
    path("log/<slug:shard>/tile/entries/<tile:number>.p/<int:width>", views.entries),
    path("log/<slug:shard>/tile/<int:level>/<tile:number>", views.tile, name="tile"),
    path("log/<slug:shard>/tile/<int:level>/<tile:number>.p/<int:width>", views.tile),
    path("log/<slug:shard>/public/<tile:number>", views.public, name="public"),
    path("log/<slug:shard>/public/<tile:number>.p/<int:width>", views.public),
    path("log/<slug:shard>/proof/inclusion", views.inclusion, name="inclusion"),
    path("log/<slug:shard>/proof/consistency", views.consistency, name="consistency"),
]
