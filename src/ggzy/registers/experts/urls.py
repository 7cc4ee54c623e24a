"""专家信用的地址."""

from django.urls import path

from ggzy.registers.experts import views

app_name = "experts"
urlpatterns = [
    path("desk/expert-marks/", views.marks, name="marks"),
    path("desk/expert-marks/enter/", views.enter, name="enter"),
    path("desk/expert-marks/<str:code>/clear/", views.clear, name="clear"),
    path("desk/my-marks/", views.mine, name="mine"),
]
