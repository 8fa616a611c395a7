"""Every role does and sees with customers what the table of roles says, whoever is asked (PPL-4, ALL-3)."""
