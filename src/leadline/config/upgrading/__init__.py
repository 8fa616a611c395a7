"""An upgrade that is rehearsed: on a copy, with everything counted before and after (SIG-11)."""
