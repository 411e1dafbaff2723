"""Help: the pages of docs/, read inside the product."""
