"""What every parser must keep whatever it is given, and the programs that look for what breaks it."""
