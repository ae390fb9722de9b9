"""`python -m juesuan`: the command line, where the script `juesuan` is not on the path."""

from juesuan.cli import main

if __name__ == "__main__":
    main()
