"""异议的地址."""

from django.urls import path

from ggzy.trading.objections import views

app_name = "objections"
urlpatterns = [
    path("desk/lots/<str:code>/objections/", views.objections, name="objections"),
    path("desk/lots/<str:code>/objections/raise/", views.raise_objection, name="raise"),
    path("desk/lots/<str:code>/objections/<int:number>/answer/", views.answer, name="answer"),
    path("desk/lots/<str:code>/objections/<int:number>/withdraw/", views.withdraw, name="withdraw"),
]
