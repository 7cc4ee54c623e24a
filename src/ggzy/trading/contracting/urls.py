"""定标、合同、履约的地址."""

from django.urls import path

from ggzy.trading.contracting import views

LOT = "desk/lots/<str:code>"

app_name = "contracting"
urlpatterns = [
    path(f"{LOT}/publicise/", views.publicise, name="publicise"),
    path(f"{LOT}/award/", views.award, name="award"),
    path(f"{LOT}/letter/", views.letter, name="letter"),
    path(f"{LOT}/written-report/", views.report, name="report"),
    path(f"{LOT}/refuse-award/", views.refuse, name="refuse"),
    path(f"{LOT}/end-round/", views.end, name="end"),
    path(f"{LOT}/contract/", views.contract, name="contract"),
    path(f"{LOT}/sign/", views.sign, name="sign"),
    path(f"{LOT}/performance/", views.performance, name="performance"),
    path(f"{LOT}/complete/", views.complete, name="complete"),
]
