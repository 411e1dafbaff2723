"""Words: templates and snippets, words for a follow-up, what is answered, and a model's draft."""
