"""The words of the screens in other languages: gathered from the code, packed for the product."""
