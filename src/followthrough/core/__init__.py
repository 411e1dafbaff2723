"""What is owed, and why: pure decisions over plain facts, without a clock."""
