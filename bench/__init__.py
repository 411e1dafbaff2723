"""How fast it is: each figure beside raw SQL of the same shape in the same run."""
