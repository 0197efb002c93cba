"""What stands around every page of the desk: its name, its foot, and no empty columns."""
