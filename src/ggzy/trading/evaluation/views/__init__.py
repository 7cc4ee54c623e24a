"""评标评审的页面: form in, command, redirect; or query in, template out."""
