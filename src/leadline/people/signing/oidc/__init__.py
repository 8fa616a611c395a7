"""OpenID Connect: authorization code with PKCE, state and nonce, tokens verified by the keys (INT-5)."""
