"""What an answer under a new subject is about."""
