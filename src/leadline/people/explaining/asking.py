"""The question: why can't this person do this, or find that (PPL-5)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.verbs import Hindrance, Kind, Verb, Whose, facts_about, kind_named, kinds_explained
from leadline.people.explaining.answers import Explanation, Helper, Reason, Verdict
from leadline.people.explaining.helping import Staff
from leadline.people.explaining.standing import Standing, belongs_to, known
from leadline.people.models import User
from leadline.people.permissions import Permission, permissions_on, registered_permissions
from leadline.people.scope import reach
from leadline.people.signing.viewing import LOOK_ONLY

LOOKING = ("view", "export", "report")
NOT_IN_ROLE = gettext_lazy("Not part of your role.")


def why(
    viewer: User, kind: str = "", key: int | None = None, verb: str = "", *, only_looks: bool = False
) -> Explanation:
    """What stands against a verb (or each of them) on a record, or in general where none is named.

    Says “allowed” just when policy and action let it. What the person does not see gets one and the same
    answer, in as many queries, whether it is there or not. `only_looks`: nothing can be changed just now.
    """
    asking = _Asking(viewer, Standing.of(viewer), Staff(viewer), only_looks)
    about = kind_named(kind)
    if about is None or key is None:
        return asking.in_general(kind, verb)
    record = about.seen(viewer, key)
    return asking.missing(about, verb) if record is None else asking.of(about, record, verb)


def kinds_known() -> list[str]:
    """What can be asked about: records, and what roles allow."""
    plain = [found.kind for found in registered_permissions()]
    return list(dict.fromkeys([*(kind.key for kind in kinds_explained()), *plain]))


def verbs_known(kind: str, *, of_a_record: bool) -> list[str]:
    """The verbs that can be asked about for a kind, or for one of its records."""
    about = kind_named(kind)
    if about is not None and of_a_record:
        return list(about.verbs)
    plain = permissions_on(about.view.partition(":")[0] if about else kind)
    return [each.verb for each in plain.permissions] if plain else []


@dataclass(frozen=True)
class _Asking:
    viewer: User
    standing: Standing
    staff: Staff
    only_looks: bool

    def of(self, about: Kind, record: object, verb: str) -> Explanation:
        """About a record that the person sees; who can help with the verb, or with the first that is shut."""
        whose = about.whose(record)
        asked = [about.verbs[verb]] if verb in about.verbs else list(about.verbs.values())
        verdicts = [self._verdict(each, record, whose) for each in asked]
        shut = next((each for each in verdicts if not each.allowed and not each.is_idle), None)
        return Explanation(
            about.key,
            about.named(record),
            self._scope(about.view),
            True,
            verdicts,
            key=record.pk,  # type: ignore[attr-defined]
            facts=facts_about(about.key, self.viewer, record),
            helpers=self._helpers(about.verbs[shut.verb], record, whose) if shut else [],
        )

    def missing(self, about: Kind, verb: str) -> Explanation:
        """About what is not there, or not for this person: nothing in it depends on which of the two."""
        words = _("There is no such record, or your role does not show it to you.")
        reason = Reason("not_found", words)
        asked = [about.verbs[verb]] if verb in about.verbs else [about.verbs["view"]]
        verdicts = [Verdict(each.key, str(each.label), False, words, [reason]) for each in asked]
        return Explanation(
            about.key,
            _("What you can't find"),
            self._scope(about.view),
            False,
            verdicts,
            helpers=self.staff.who_leads(),
        )

    def in_general(self, kind: str, verb: str) -> Explanation:
        """About no record: what the roles allow with a kind of thing, or with each."""
        about = kind_named(kind)
        plain = permissions_on(about.view.partition(":")[0] if about else kind)
        helpers: list[Helper] = []
        if plain is None:
            every = [(each, found.label) for found in registered_permissions() for each in found.permissions]
            verdicts = [self._by_role(each, str(label)) for each, label in every if each.verb == "view"]
            title = _("What your role shows you")
        else:
            single = [each for each in plain.permissions if each.verb == verb]
            verdicts = [self._by_role(each) for each in single or plain.permissions]
            title = str(plain.label) if single else _("What your role allows")
            if single and not verdicts[0].allowed:
                helpers = self.staff.who_can(single[0], None)
        scope = self._scope(about.view) if about else ""
        helpers = helpers or self.staff.who_leads()
        return Explanation(kind if plain else "", title, scope, None, verdicts, helpers=helpers)

    def _scope(self, permission: str) -> str:
        asked = known(permission)
        return self.standing.sentence(asked) if asked else ""

    def _by_role(self, asked: Permission, label: str = "") -> Verdict:
        words, label = self.standing.sentence(asked), label or str(asked.label)
        if self.viewer.may(asked.kind, asked.verb):
            return Verdict(asked.verb, label, True, words, short=self.standing.which(asked))
        return Verdict(asked.verb, label, False, words, [Reason("no_permission", words)], str(NOT_IN_ROLE))

    def _verdict(self, verb: Verb, record: object, whose: Whose | None) -> Verdict:
        """The reasons by the person and by the record's state; none of them just when the verb allows it."""
        asked = known(verb.permission)
        reasons = []
        if self.only_looks and verb.key not in LOOKING:
            reasons.append(Reason("viewing_as", str(LOOK_ONLY)))
        permitted = verb.permits(self.viewer, record)
        if not permitted:
            reasons.append(self._against(verb, asked, whose))
        hindered = verb.hindered_by(record)
        for_good = any(not each.permission and not each.idle for each in hindered)
        reasons += [self._hindrance(each, whose, for_good=for_good) for each in hindered]
        if not reasons:
            return Verdict(verb.key, str(verb.label), True, _("You can do this."))
        words = " ".join(reason.words for reason in reasons)
        said = [NOT_IN_ROLE if each.code == "no_permission" else each.words for each in reasons]
        return Verdict(verb.key, str(verb.label), False, words, reasons, " ".join(map(str, said)))

    def _against(self, verb: Verb, asked: Permission | None, whose: Whose | None) -> Reason:
        """Why the person may not, whatever the record's state."""
        if verb.otherwise:
            return Reason("not_yours", str(verb.otherwise))
        if asked is None:
            return Reason("not_yours", _("This is not yours to do."))
        words = self.standing.sentence(asked)
        if not self.viewer.may(asked.kind, asked.verb):
            return Reason("no_permission", words)
        return Reason("out_of_scope", f"{words} {belongs_to(whose)}" if whose else words)

    def _hindrance(self, hindrance: Hindrance, whose: Whose | None, *, for_good: bool) -> Reason:
        """A state that stands against it, and how the person can end it; not where another one stays."""
        can_lift = not for_good and not self.only_looks and self._reaches(hindrance.permission, whose)
        lift = str(hindrance.lift) if can_lift else ""
        return Reason(hindrance.code, str(hindrance.words), lift, hindrance.idle)

    def _reaches(self, permission: str, whose: Whose | None) -> bool:
        """Whether the person has a permission for records of this owner, team and territory."""
        asked = known(permission)
        if asked is None:
            return False
        within = reach(self.viewer, asked.kind, asked.verb)
        return not within.nothing and (whose is None or within.covers(*whose.columns))

    def _helpers(self, verb: Verb, record: object, whose: Whose | None) -> list[Helper]:
        """Who may do it; where only the record's state stands against it, who can end that state."""
        needed = verb.permission
        if verb.permits(self.viewer, record):
            needed = next((each.permission for each in verb.hindered_by(record)), "")
        asked = known(needed)
        return [] if asked is None or self._reaches(needed, whose) else self.staff.who_can(asked, whose)
