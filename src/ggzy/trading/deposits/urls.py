"""保证金的地址."""

from django.urls import path

from ggzy.trading.deposits import views

app_name = "deposits"
urlpatterns = [
    path("desk/deposits/", views.deposits, name="deposits"),
    path("desk/lots/<str:code>/deposit/", views.deposit, name="deposit"),
    path("desk/lots/<str:code>/deposit/guarantee/", views.place, name="place"),
    path("desk/lots/<str:code>/deposit/pay/", views.pay, name="pay"),
    path("desk/lots/<str:code>/deposits/<str:party>/release/", views.release, name="release"),
    path("desk/lots/<str:code>/deposits/<str:party>/forfeit/", views.forfeit, name="forfeit"),
    path("desk/lots/<str:code>/returns/<str:number>/order/", views.order_return, name="order-return"),
]
