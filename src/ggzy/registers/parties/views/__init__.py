"""主体的页面: an organisation for itself, and the centre for others."""
