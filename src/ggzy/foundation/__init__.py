"""基础: what every floor stands on."""
