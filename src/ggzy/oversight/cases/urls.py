"""刹车的地址."""

from django.urls import path

from ggzy.oversight.cases import views

app_name = "cases"
urlpatterns = [
    path("desk/brakes/", views.brakes, name="brakes"),
    path("desk/lots/<str:code>/brake/", views.brake, name="brake"),
    path("desk/lots/<str:code>/brake/pull/", views.pull, name="pull"),
    path("desk/lots/<str:code>/brake/review/", views.review, name="review"),
    path("desk/lots/<str:code>/brake/release/", views.release, name="release"),
    path("desk/lots/<str:code>/brake/end/", views.end, name="end"),
]
