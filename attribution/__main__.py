"""`python -m attribution`: the command line, where its script is not on the path."""

from attribution.cli import main

main()
