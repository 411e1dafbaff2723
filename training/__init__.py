"""Makes the small models that the product carries, from data that is named; never run by it."""
