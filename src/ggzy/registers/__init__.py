"""共享资源库: what is true before any trade begins."""
