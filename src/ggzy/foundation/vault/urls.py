"""文件库的路径."""

from django.urls import path

from ggzy.foundation.vault import views

app_name = "vault"
urlpatterns = [path("files/<str:digest>/", views.download, name="file")]
