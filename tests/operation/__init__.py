"""Starting, stopping and crashing: what happens to the processes of an installation, and to the data."""
