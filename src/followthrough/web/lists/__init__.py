"""Who is on which list, what became of our word to each, and how they are put on and taken off."""
