"""A mail to somebody: written, on its way, and the proof of what became of it."""
