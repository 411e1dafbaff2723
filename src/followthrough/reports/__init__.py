"""What it shows: one module per question that a manager asks."""
