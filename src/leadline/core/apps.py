"""Core as an app: finds what the others declare."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from leadline.core.moments import read_moments_quickly


class Core(AppConfig):
    """Reads what every app declares (`fields.py`, `policies.py`, …) once all models are known."""

    name = "leadline.core"

    def ready(self) -> None:
        read_moments_quickly()
        autodiscover_modules("lists.kept", "kept")
        autodiscover_modules(
            *(
                "fields",
                "policies",
                "verbs",
                "telling",
                "searching",
                "listing",
                "metrics",
                "privacy.own",
                "privacy",
            ),
            *("merging.own", "merging.undoing", "merging"),
        )
