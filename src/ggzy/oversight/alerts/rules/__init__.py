"""预警的规则: pure; one module per question."""
