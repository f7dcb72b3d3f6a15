"""The explorer: a case in a browser on this machine, live."""
