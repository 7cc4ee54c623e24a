"""监督的地址."""

from django.urls import path

from ggzy.oversight.cases.views import braking, casework, complaints, consents, hearing, petitions, powers

app_name = "cases"
urlpatterns = [
    path("powers/", powers.powers, name="powers"),
    path("powers/<slug:key>/", powers.power, name="power"),
    path("oversight/", petitions.hub, name="hub"),
    path("complaints/", petitions.entry, name="entry"),
    path("complaints/write/", petitions.write, name="write"),
    path("complaints/follow/", petitions.follow, name="follow"),
    path("api/oversight/complaints", petitions.decided_json, name="complaints-json"),
    path("penalties/", hearing.penalties, name="penalties"),
    path("api/oversight/powers", powers.powers_json, name="powers-json"),
    path("api/oversight/exercises", powers.exercises_json, name="exercises-json"),
    path("api/oversight/penalties", hearing.penalties_json, name="penalties-json"),
    path("desk/brakes/", braking.brakes, name="brakes"),
    path("desk/lots/<str:code>/brake/", braking.brake, name="brake"),
    path("desk/lots/<str:code>/brake/pull/", braking.pull, name="pull"),
    path("desk/lots/<str:code>/brake/review/", braking.review, name="review"),
    path("desk/lots/<str:code>/brake/release/", braking.release, name="release"),
    path("desk/lots/<str:code>/brake/end/", braking.end, name="end"),
    path("desk/cases/", casework.cases, name="cases"),
    path("desk/cases/open/", casework.open_case, name="open"),
    path("desk/cases/<str:code>/", casework.case, name="case"),
    path("desk/cases/<str:code>/evidence/<str:digest>/", casework.evidence, name="evidence"),
    path("desk/cases/<str:code>/orders/<str:order>/", casework.meet, name="meet"),
    path("desk/cases/<str:code>/<slug:step>/", casework.step, name="step"),
    path("desk/heard/", hearing.heard, name="heard"),
    path("desk/heard/<str:code>/", hearing.hearing, name="hearing"),
    path("desk/lots/<str:code>/complain/", complaints.complain, name="complain"),
    path("desk/complaints/", complaints.complaints, name="complaints"),
    path("desk/complaints/<str:code>/", complaints.complaint, name="complaint"),
    path("desk/complaints/<str:code>/files/<str:digest>/", complaints.file, name="complaint-file"),
    path("desk/complaints/<str:code>/<slug:step>/", complaints.step, name="complaint-step"),
    path("desk/petitions/", petitions.petitions, name="petitions"),
    path("desk/petitions/record/", petitions.record, name="record"),
    path("desk/petitions/<str:code>/", petitions.petition, name="petition"),
    path("desk/petitions/<str:code>/files/<str:digest>/", petitions.file, name="petition-file"),
    path("desk/petitions/<str:code>/<slug:step>/", petitions.handle, name="handle"),
    path("desk/consents/", consents.consents, name="consents"),
    path("desk/consents/<int:number>/", consents.consent, name="consent"),
    path("desk/consents/<int:number>/refuse/", consents.refuse, name="refuse"),
]
