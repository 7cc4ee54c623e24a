"""评标评审的地址."""

from django.urls import path

from ggzy.trading.evaluation.views import bench, calls, chair, draws, papers, reports, schemes

app_name = "evaluation"
LOT = "desk/lots/<str:code>"

urlpatterns = [
    path(f"{LOT}/scheme/", schemes.scheme, name="scheme"),
    path(f"{LOT}/draw/", draws.console, name="draw"),
    path(f"{LOT}/draw/request/", draws.request_committee, name="draw-request"),
    path(f"{LOT}/draw/ask/<str:move>/", draws.step, name="draw-ask"),
    path(f"{LOT}/draw/seats/<int:seat>/<str:move>/", draws.vacate, name="draw-seat"),
    path(f"{LOT}/draw/<str:draw>/commit/", draws.commit, name="draw-commit"),
    path(f"{LOT}/draw/<str:draw>/reveal/", draws.reveal, name="draw-reveal"),
    path(f"{LOT}/draw/<str:draw>/abandon/", draws.abandon, name="draw-abandon"),
    path(f"{LOT}/draw/<str:draw>/<str:move>/", draws.press, name="draw-press"),
    path(f"{LOT}/representative/", calls.representative, name="representative"),
    path(f"{LOT}/invitation/", calls.invitation, name="invitation"),
    path(f"{LOT}/evaluation/", bench.overview, name="overview"),
    path(f"{LOT}/evaluation/begin/", calls.begin, name="begin"),
    path(f"{LOT}/evaluation/recuse/", calls.recuse, name="recuse"),
    path(f"{LOT}/evaluation/bids/<int:number>/", bench.bid, name="bid"),
    path(f"{LOT}/evaluation/bids/<int:number>/files/<int:index>/", papers.bid_file, name="bid-file"),
    path(f"{LOT}/evaluation/bids/<int:number>/files/<int:index>/view/", papers.view_file, name="view-file"),
    path(f"{LOT}/evaluation/bids/<int:number>/question/", chair.question, name="question"),
    path(f"{LOT}/evaluation/bids/<int:number>/correction/", chair.correction, name="correction"),
    path(f"{LOT}/evaluation/review/", bench.submit_review, name="review"),
    path(f"{LOT}/evaluation/scores/", bench.submit_scores, name="scores"),
    path(f"{LOT}/evaluation/measures/", chair.measures, name="measures"),
    path(f"{LOT}/evaluation/finish-review/", chair.finish_review, name="finish-review"),
    path(f"{LOT}/evaluation/conclude/", chair.conclude, name="conclude"),
    path(f"{LOT}/evaluation/reopen/", chair.reopen, name="reopen"),
    path(f"{LOT}/evaluation/sign/", reports.sign, name="sign"),
    path(f"{LOT}/evaluation/silence/<int:seat>/", chair.silence, name="silence"),
    path(f"{LOT}/report/", reports.report, name="report"),
    path(f"{LOT}/committee/", reports.committee, name="committee"),
    path(f"{LOT}/explanations/", reports.explanations, name="explanations"),
]
