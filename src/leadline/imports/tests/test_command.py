"""`leadline import` (design 5): what it prints is what programs rely on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from leadline.customers.models import Customer

FILE = "Firma;E-Mail;phone\nAcme;info@acme.example;0811 555 0100\nBad;nowhere;\nBeta;info@beta.example;\n"


@pytest.fixture
def leadline(settings, tmp_path, database_url):
    def leadline(*arguments, content=FILE, **files):
        (tmp_path / "list.csv").write_text(content)
        for name, text in files.items():
            (tmp_path / f"{name}.json").write_text(text)
        return subprocess.run(
            [sys.executable, "-m", "leadline.config.cli.main", "import", "customers", "list.csv", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "DATABASE_URL": database_url, "LEADLINE_DATA": str(settings.LEADLINE_DATA)},
        )

    return leadline


@pytest.mark.django_db(transaction=True)
def test_the_last_line_is_the_result(leadline):
    done = leadline("--map", "map.json", "--json", map='{"Firma": "name"}')

    result = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == 0, done.stderr
    assert {name: result[name] for name in ("created", "updated", "skipped", "rejected", "rows")} == {
        "created": 2,
        "updated": 0,
        "skipped": 0,
        "rejected": 1,
        "rows": 3,
    }
    assert result["errors"][0]["row"] == 3
    assert "nowhere" in Path(result["rejected_file"]).read_text()
    assert Customer.objects.count() == 2

    again = json.loads(leadline("--map", "map.json", "--json").stdout.splitlines()[-1])
    assert (again["created"], again["skipped"]) == (0, 2)


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_writes_nothing_and_refusals_are_one_sentence(leadline):
    dry = leadline("--dry-run", "--json", "--map", "map.json", map='{"name": "Firma"}')
    assert json.loads(dry.stdout.splitlines()[-1])["created"] == 2
    assert not Customer.objects.exists()

    for arguments, words in [
        (("--duplicates", "sometimes"), "duplicates"),
        (("--key", "shoe size"), "email, phone"),
        (("--map", "nowhere.json"), "no JSON object"),
        (("--map", "odd.json"), "no column"),
        (("--key", "id"), "no column “id”"),
    ]:
        refused = leadline(*arguments, odd='{"Schuh": "name"}')
        assert refused.returncode == 1, arguments
        assert words in refused.stderr, arguments
        assert "Traceback" not in refused.stderr
    assert "empty" in leadline(content="").stderr
