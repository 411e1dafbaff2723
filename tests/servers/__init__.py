"""Real mail servers for the tests, on this machine alone."""
