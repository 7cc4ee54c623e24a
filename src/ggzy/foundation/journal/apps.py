from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "ggzy.foundation.journal"
    label = "journal"
    verbose_name = "全过程留痕"
