"""The first day: two doors, and who is waiting behind them."""
