"""信用的地址."""

from django.urls import path

from ggzy.registers.credit.views import desk, own, public

app_name = "credit"
urlpatterns = [
    path("credit/", public.credit, name="credit"),
    path("credit/rules/", public.model, name="model"),
    path("credit/parties/<str:code>/", public.party, name="party"),
    path("desk/credit/", desk.register, name="register"),
    path("desk/credit/record/", desk.record, name="record"),
    path("desk/credit/ban/", desk.ban, name="ban"),
    path("desk/credit/records/<str:code>/repair/", desk.repair, name="repair"),
    path("desk/credit/bans/<str:code>/lift/", desk.lift, name="lift"),
    path("desk/credit/lists/propose/", desk.propose, name="propose"),
    path("desk/credit/lists/<str:code>/", desk.listing, name="listing"),
    path("desk/credit/lists/<str:code>/notify/", desk.notify, name="notify"),
    path("desk/credit/lists/<str:code>/decide/", desk.decide, name="decide"),
    path("desk/credit/lists/<str:code>/publish/", desk.publish, name="publish"),
    path("desk/credit/lists/<str:code>/withdraw/", desk.withdraw, name="withdraw"),
    path("desk/credit/appeals/<str:code>/", desk.settle, name="settle"),
    path("desk/credit/import/", desk.take_in, name="import"),
    path("desk/my-credit/", own.mine, name="mine"),
    path("desk/my-credit/<str:entry>/object/", own.object_to, name="object"),
    path("desk/my-credit/<str:entry>/repair/", own.ask_repair, name="ask-repair"),
    path("desk/my-credit/<str:code>/plead/", own.plead, name="plead"),
]
