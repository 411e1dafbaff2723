"""The value library: what we can give, so that no call is “just checking in”."""
