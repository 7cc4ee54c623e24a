"""界面: base pages, parts, tokens and the functions templates call."""
