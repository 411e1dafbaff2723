"""The keys, and whether they press anything."""
