"""What assignments hold about persons: words in rules; else keys and counts alone (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import Holder, register_holder, register_texts, without_personal_data

register_holder(Holder("assignment.rules", _("Rules of assignment"), ("assignment.Rule", "assignment.Run")))
without_personal_data(
    {
        "assignment.Ruleset": "keys of colleagues",
        "assignment.Share": "numbers",
        "assignment.Turn": "numbers",
        "assignment.Given": "keys; who the record was is erased with the record",
    }
)
register_texts("assignment_rule", "name", "where")
register_texts("assignment_run", "rules")
