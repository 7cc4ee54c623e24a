from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "ggzy.service.portal"
    label = "portal"
    verbose_name = "门户"
