"""公告在工作台的地址; the public pages are the portal's."""

from django.urls import path

from ggzy.trading.notices import views

app_name = "notices"
urlpatterns = [
    path("desk/lots/<str:code>/notices/", views.notices, name="notices"),
    path("desk/lots/<str:code>/notices/new/", views.write, name="write"),
]
