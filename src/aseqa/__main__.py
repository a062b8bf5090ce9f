"""``python -m aseqa``: the command line."""

from aseqa.cli import main

if __name__ == "__main__":
    main()
