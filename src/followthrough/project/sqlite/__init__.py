"""Django's SQLite, with one writer at a time per process."""
