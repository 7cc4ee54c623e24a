"""预警与监管指标的地址."""

from django.urls import path

from ggzy.oversight.alerts.views import alerts, api, explaining, indicators

app_name = "alerts"
urlpatterns = [
    path("desk/alerts/", alerts.alerts, name="alerts"),
    path("desk/alerts/<str:code>/", alerts.alert, name="alert"),
    path("desk/alerts/<str:code>/<slug:step>/", alerts.step, name="step"),
    path("desk/indicators/", indicators.catalogue, name="indicators"),
    path("desk/indicators/<str:code>/", indicators.indicator, name="indicator"),
    path("desk/indicators/<str:code>/tune/", indicators.tune, name="tune"),
    path("desk/explanations/", explaining.explanations, name="explanations"),
    path("desk/explanations/<str:code>/", explaining.explain, name="explain"),
    path("api/oversight/alerts", api.alerts, name="alerts-json"),
    path("api/oversight/alerts/<str:code>", api.alert, name="alert-json"),
    path("api/oversight/indicators", api.catalogue, name="indicators-json"),
]
