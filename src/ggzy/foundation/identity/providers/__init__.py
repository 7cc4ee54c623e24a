"""数字证书服务: one file per certificate authority."""
