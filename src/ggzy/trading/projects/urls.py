"""入场登记的地址."""

from django.urls import path

from ggzy.trading.projects import views

app_name = "projects"
urlpatterns = [
    path("desk/projects/", views.projects, name="projects"),
    path("desk/projects/register/", views.register_project, name="register-project"),
    path("desk/projects/<str:code>/", views.project, name="project"),
    path("desk/projects/<str:code>/lots/register/", views.register_lot, name="register-lot"),
    path("desk/lots/register/", views.choose_project, name="choose-project"),
    path("desk/lots/<str:code>/rulebook/", views.rulebook, name="rulebook"),
    path("desk/lots/<str:code>/terminate/", views.terminate, name="terminate"),
]
