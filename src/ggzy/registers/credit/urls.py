"""信用的地址."""

from django.urls import path

from ggzy.registers.credit.views import public

app_name = "credit"
urlpatterns = [
    path("credit/", public.credit, name="credit"),
    path("desk/credit/", public.register, name="register"),
    path("desk/credit/record/", public.record, name="record"),
    path("desk/credit/ban/", public.ban, name="ban"),
    path("desk/credit/records/<str:code>/repair/", public.repair, name="repair"),
    path("desk/credit/bans/<str:code>/lift/", public.lift, name="lift"),
]
