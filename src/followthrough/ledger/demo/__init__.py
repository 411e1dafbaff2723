"""A workspace to look around in: one cast, relative to now, apart from everything real."""
