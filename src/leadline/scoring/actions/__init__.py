"""What is done about scoring: the only place that writes it."""

from leadline.scoring.actions.following import follow_changes, score_next, score_of_erased
from leadline.scoring.actions.learning import ask_to_learn, learn_model
from leadline.scoring.actions.ruling import add_rule, change_rule, retire_rule
from leadline.scoring.actions.switching import set_automatic, use_model, use_rules

__all__ = [
    "add_rule",
    "ask_to_learn",
    "change_rule",
    "follow_changes",
    "learn_model",
    "retire_rule",
    "score_next",
    "score_of_erased",
    "set_automatic",
    "use_model",
    "use_rules",
]
