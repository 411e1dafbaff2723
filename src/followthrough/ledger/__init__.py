"""The books: what happened, what is owed, and who we are."""
