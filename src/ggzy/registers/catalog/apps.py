from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "ggzy.registers.catalog"
    label = "catalog"
    verbose_name = "目录"
