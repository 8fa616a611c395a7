"""What a webhook sends: the content, as its user may hear of it, and the signature."""
