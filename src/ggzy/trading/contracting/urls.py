"""定标、合同、履约的地址."""

from django.urls import path

from ggzy.trading.contracting.views import contracts, deciding, letters

LOT = "desk/lots/<str:code>"

app_name = "contracting"
urlpatterns = [
    path(f"{LOT}/publicise/", deciding.publicise, name="publicise"),
    path(f"{LOT}/award/", deciding.award, name="award"),
    path(f"{LOT}/letter/", letters.letter, name="letter"),
    path(f"{LOT}/written-report/", deciding.report, name="report"),
    path(f"{LOT}/refuse-award/", deciding.refuse, name="refuse"),
    path(f"{LOT}/end-round/", deciding.end, name="end"),
    path(f"{LOT}/contract/", contracts.contract, name="contract"),
    path(f"{LOT}/sign/", contracts.sign, name="sign"),
    path(f"{LOT}/performance/", contracts.performance, name="performance"),
    path(f"{LOT}/complete/", contracts.complete, name="complete"),
]
