"""What leaves us: queued with the business change, claimed, handed over, settled. Never twice.

queueing → claiming → settling, in this order; stopping takes back what has not left; doubts finds
out what became of the rest; pace and places say how fast, and from where.
"""
