"""What developers run on the source itself; nothing of it is installed."""
