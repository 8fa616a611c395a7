"""How rules run: looking at what happened in sets, guarding against loops, doing the steps."""
