"""`python -m followthrough scan FILE`: the same words as the installed command."""

from followthrough.worker.cli import main

main()
