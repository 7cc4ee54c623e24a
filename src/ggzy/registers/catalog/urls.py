"""目录的地址."""

from django.urls import path

from ggzy.registers.catalog import views

app_name = "catalog"
urlpatterns = [
    path("catalog/", views.catalog, name="catalog"),
    path("catalog/<slug:key>/", views.category, name="category"),
]
