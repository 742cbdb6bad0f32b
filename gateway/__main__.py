"""`python -m gateway` is `bedspace`."""

from gateway.cli import main

main()
