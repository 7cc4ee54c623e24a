from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "ggzy.foundation.vault"
    label = "vault"
    verbose_name = "文件库"
