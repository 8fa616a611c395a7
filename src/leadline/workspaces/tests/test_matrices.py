"""Figures side by side: whoever is told of has all figures, and it is said that there are others (WSP-1)."""

from leadline.core.clock import now
from leadline.core.fields import Viewer
from leadline.platform.actions import ingest_events
from leadline.workspaces.told import asked_of, matrix_of

PAID = (("bank", "EUR", 30), ("card", "EUR", 5), ("card", "USD", 5), ("card", "GBP", 5), ("wallet", "EUR", 1))


def test_several_currencies_of_a_group_are_one_line(cast, by):
    rows = [
        {
            "id": f"p-{place}",
            "kind": "deposit",
            "time": now().isoformat(),
            "user": {"id": "u-1"},
            **{"method": method, "currency": currency, "amount": amount},
        }
        for place, (method, currency, amount) in enumerate(PAID)
    ]
    assert ingest_events(rows, by=by(cast.ada, via="api")).refused == []
    questions = asked_of(["deposit_amount", "deposits"], {"period": "today", "by": "method"}, cast.fina)

    shown = matrix_of(questions, Viewer(user=cast.fina), most=2)

    assert shown.is_cut
    assert [line.key for line in shown.lines] == ["bank", "card"]
    amounts, count = shown.lines[1].cells
    assert [sign in amounts.words for sign in ("€5", "$5", "£5")] == [True] * 3
    assert count.words == "3"
    assert not matrix_of(questions, Viewer(user=cast.fina), most=3).is_cut
