"""Asking the process that knows Parquet."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from leadline.core.refusals import RuleBroken

LONGEST = 3600  # seconds


def parquet(deed: str, *, scratch: Path, **given: Any) -> Any:
    """Do one of the deeds of `child.py` in a process of its own; raises `RuleBroken` with its last words."""
    child = Path(__file__).with_name("child.py")
    asked = {"do": deed, "scratch": scratch, **given}
    try:
        run = subprocess.run(
            [sys.executable, "-I", str(child)],
            input=json.dumps(asked, default=str).encode(),
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise RuleBroken(f"The file took longer than {LONGEST} seconds.") from late
    if run.returncode or not run.stdout:
        lines = run.stderr.decode(errors="replace").strip().splitlines()
        raise RuleBroken(f"The file can't be read or written: {lines[-1] if lines else 'nothing was said'}")
    return json.loads(run.stdout.splitlines()[-1])
