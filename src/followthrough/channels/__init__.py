"""How we do it: one module per way of reaching someone. Until the first one sends, a person does."""
