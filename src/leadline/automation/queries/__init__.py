"""What is asked about rules: how they do, and what they did."""
