from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "ggzy.service.messages"
    label = "messages"
    verbose_name = "站内信、短信"
