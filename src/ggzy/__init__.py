"""ggzy: one net for public resource trading (公共资源交易平台)."""
