"""Looking around in a workspace that is not real."""
