"""The pages on which administrators make custom fields (CUS-21); what they do is `core.custom`."""
