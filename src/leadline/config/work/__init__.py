"""Long work and mass changes as pages: progress, results, undo (ALL-8, SIG-3)."""
