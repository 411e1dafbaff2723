"""What a form or a mailbox answers at once, by itself."""
