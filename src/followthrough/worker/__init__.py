"""What turns the handle: notice, ring, check, sweep; and the commands."""
