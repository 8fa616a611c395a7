"""Provisioning of people by a directory: SCIM 2.0 (RFC 7643, RFC 7644), users only (INT-5)."""
