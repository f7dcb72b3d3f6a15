"""`python -m steelyard`: the same as the command `steelyard`."""

from steelyard.cli import main

if __name__ == "__main__":
    main()
