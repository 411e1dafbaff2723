"""Perhaps the same: two people side by side, joined by a press and taken apart by another."""
