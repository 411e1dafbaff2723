"""Find somebody or do something, from anywhere."""
