"""What shops tell of: an order, or a cart that was left."""
