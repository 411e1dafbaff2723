"""Is anything uncovered, and does the machine run?"""
