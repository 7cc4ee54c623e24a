"""定标、合同、履约的页面: each one page, one decision, one receipt."""
