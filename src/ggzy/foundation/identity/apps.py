from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "ggzy.foundation.identity"
    label = "identity"
    verbose_name = "身份"
