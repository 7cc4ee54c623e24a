"""对内接入: one file per joined system."""
