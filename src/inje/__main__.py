"""``python -m inje`` is ``inje``."""

from inje.cli import main

if __name__ == "__main__":
    main()
