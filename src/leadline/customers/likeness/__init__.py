"""How alike two records are, with reasons in words: one piece for the warning and for the scan (CUS-22)."""

from leadline.customers.likeness.features import ASKED, Features, features_of, keys_of
from leadline.customers.likeness.rules import INSTALLED, Rules, rules_for
from leadline.customers.likeness.weighing import Alike, weigh

__all__ = ["ASKED", "INSTALLED", "Alike", "Features", "Rules", "features_of", "keys_of", "rules_for", "weigh"]
