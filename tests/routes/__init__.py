"""Every address and every operation, tried as every role (PPL-4)."""
