"""Pure functions from data to JSON-ready data for the page's components; never markup."""
