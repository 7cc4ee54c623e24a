"""权责清单和查阅: what supervision may do at all, and who read what of it. Every floor of oversight stands on this."""
