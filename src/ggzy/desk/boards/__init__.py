"""角色看板: one file per role."""
