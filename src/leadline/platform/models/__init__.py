"""Users of the platform, their pulse, what happened there, and the keys by which it signs."""

from leadline.platform.models.archives import (
    ArchivedMonth,
    ReplacedArchive,
    archive_folder,
    forget_months_away,
    months_away,
)
from leadline.platform.models.events import PlatformEvent, SeenEvent
from leadline.platform.models.keys import IngestKey, forget_ingest_keys, ingest_keys
from leadline.platform.models.payments import Payment
from leadline.platform.models.rules import PlatformRules, forget_rules, platform_rules
from leadline.platform.models.usage import (
    FeatureDay,
    FeatureUse,
    UsageDay,
    UsageDue,
    UsagePlace,
    Utilisation,
)
from leadline.platform.models.users import DepositedSum, PlatformPulse, PlatformUser

__all__ = [
    "ArchivedMonth",
    "DepositedSum",
    "FeatureDay",
    "FeatureUse",
    "IngestKey",
    "Payment",
    "PlatformEvent",
    "PlatformPulse",
    "PlatformRules",
    "PlatformUser",
    "ReplacedArchive",
    "SeenEvent",
    "UsageDay",
    "UsageDue",
    "UsagePlace",
    "Utilisation",
    "archive_folder",
    "forget_ingest_keys",
    "forget_months_away",
    "forget_rules",
    "ingest_keys",
    "months_away",
    "platform_rules",
]
