"""Members by hand, when records become one (CUS-16, CUS-23)."""

from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.customers.actions import start_merge
from leadline.segments import actions


def test_one_picked_stays_in_when_merged_into_one_once_taken_out(
    make, segment_of, by, cast, members, followed, settle
):
    segment, stays, goes = segment_of(), make.customer(cast.rosa), make.customer(cast.rosa)
    actions.add_members(segment, [stays.pk, goes.pk], by=by(cast.ada))
    actions.remove_members(segment, [stays.pk], by=by(cast.ada))

    done = start_merge("customer", stays, others=[goes.pk], by=by(cast.ada))
    followed()
    assert stays.pk in members(segment)

    undo_change_set(ChangeSet.objects.get(pk=done.change_set), by=by(cast.ada))
    settle()
    followed()
    assert members(segment) == {goes.pk}
