"""The chain over history and ledger: what an entry's bytes are, and how they are hashed (PPL-7)."""
