"""Pages of applications: fetch, one call, answer."""
