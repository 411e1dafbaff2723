"""Settings: the team, its days, its numbers, and what changing them would move."""
