"""The next two weeks: how much stands on which day, and moving it."""
