"""An app of the next release whose migrations lose data: what a rehearsal is there to find (SIG-11)."""
