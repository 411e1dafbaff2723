"""The deals: a board of stages, a list of all that is open, each with its next step."""
