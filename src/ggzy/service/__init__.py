"""公共服务系统: reads the dossier."""
