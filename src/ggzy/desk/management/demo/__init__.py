"""演示世界: an invented province, built through the ordinary commands around the moment of starting."""
