"""主体的地址."""

from django.urls import path

from ggzy.registers.parties.views import centre, organisation

app_name = "parties"
urlpatterns = [
    path("desk/organisation/", organisation.organisation, name="organisation"),
    path("desk/parties/", centre.organisations, name="organisations"),
    path("desk/parties/register/", centre.register_organisation, name="register-organisation"),
    path("desk/people/", centre.persons, name="persons"),
    path("desk/people/register/", centre.register_person, name="register-person"),
    path("desk/people/<slug:person>/certificate/", centre.bind_certificate, name="bind-certificate"),
    path("desk/people/<slug:person>/reset/", centre.reset_password, name="reset-password"),
]
