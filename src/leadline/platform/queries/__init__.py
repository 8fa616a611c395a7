"""What is asked about the platform."""
