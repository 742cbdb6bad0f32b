"""`python -m gateway` is `bedspace`."""

from gateway.cli import main

if __name__ == "__main__":
    main()
