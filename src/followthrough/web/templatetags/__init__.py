"""Template tags: the icons and the small words of the screens."""
