"""The pages of capabilities."""
