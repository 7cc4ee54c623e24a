"""信用的地址."""

from django.urls import path

from ggzy.registers.credit import views

app_name = "credit"
urlpatterns = [
    path("credit/", views.credit, name="credit"),
    path("desk/credit/", views.register, name="register"),
    path("desk/credit/record/", views.record, name="record"),
    path("desk/credit/ban/", views.ban, name="ban"),
    path("desk/credit/records/<str:code>/repair/", views.repair, name="repair"),
    path("desk/credit/bans/<str:code>/lift/", views.lift, name="lift"),
]
