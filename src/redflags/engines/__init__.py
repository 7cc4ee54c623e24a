"""大数据引擎: the same flags as relational expressions, on DuckDB in this process or on a Spark cluster.

For those whose years of releases outgrow one machine. Needs Ibis (the extras `engines` and `spark`). Expects lines of
compiled releases with each ocid once, and identifiers as text; the reader in `bulk` is the one that forgives.
"""
