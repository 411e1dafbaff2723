"""How we do it: one module per way of reaching someone. Until one sends, a person does."""
