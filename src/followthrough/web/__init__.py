"""The screens: a folder each, with its view, its page and its fragments."""
