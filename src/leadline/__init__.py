"""Leadline: an open-source, self-hosted CRM and sales-operations system."""

__version__ = "0.1.0"
