"""主体的地址."""

from django.urls import path

from ggzy.registers.parties import views

app_name = "parties"
urlpatterns = [path("desk/organisation/", views.organisation, name="organisation")]
