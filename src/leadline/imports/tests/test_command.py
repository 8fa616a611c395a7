"""`leadline import` (design 5): what it prints is what programs rely on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from leadline.config.cli.importing import import_file
from leadline.customers.models import Customer

FILE = "Firma;E-Mail;phone\nAcme;info@acme.example;0811 555 0100\nBad;nowhere;\nBeta;info@beta.example;\n"


@pytest.fixture
def files(tmp_path):
    """Writes the file to import, and others beside it."""

    def written(content=FILE, **others):
        (tmp_path / "list.csv").write_text(content)
        for name, text in others.items():
            (tmp_path / f"{name}.json").write_text(text)

    return written


@pytest.fixture
def leadline(settings, tmp_path, database_url, files):
    """The command as a process of its own, as a person starts it."""

    def leadline(*arguments, **given):
        files(**given)
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
def test_a_dry_run_writes_nothing_and_a_refusal_is_one_sentence(leadline):
    dry = leadline("--dry-run", "--json", "--map", "map.json", map='{"name": "Firma"}')
    assert json.loads(dry.stdout.splitlines()[-1])["created"] == 2
    assert not Customer.objects.exists()

    refused = leadline("--duplicates", "sometimes")
    assert refused.returncode == 1
    assert refused.stderr.startswith("leadline: ")
    assert "duplicates" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("arguments", "given", "words"),
    [
        (("--key", "shoe size"), {}, "email, phone"),
        (("--map", "nowhere.json"), {}, "no JSON object"),
        (("--map", "odd.json"), {"odd": '{"Schuh": "name"}'}, "no column"),
        (("--key", "id"), {}, "no column “id”"),
        ((), {"content": ""}, "empty"),
    ],
)
def test_what_is_wrong_is_named(files, tmp_path, monkeypatch, arguments, given, words):
    """The same command, in this process: there are many ways to go wrong."""
    files(**given)
    monkeypatch.chdir(tmp_path)
    command = typer.Typer()
    command.command()(import_file)

    refused = CliRunner().invoke(command, ["customers", "list.csv", *arguments])

    assert refused.exit_code == 1
    assert refused.output.startswith("leadline: ")
    assert words in refused.output
