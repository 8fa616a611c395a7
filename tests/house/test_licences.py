"""What Leadline stands on may be combined with its own licence, and docs/licences.md says so."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_licence_is_written_down_and_goes_together_with_ours():
    asked = [sys.executable, str(ROOT / "scripts" / "licences.py"), "--check"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
