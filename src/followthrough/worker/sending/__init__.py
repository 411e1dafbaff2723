"""Sending: what is due leaves, what a crash left is picked up, what is in doubt is found out."""
