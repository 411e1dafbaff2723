"""One follow-up: what it rests on, and the only way out of it."""
