"""行政监督系统: reads the dossier."""
