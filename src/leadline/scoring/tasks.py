"""What happens to scores by itself, and learning (LEA-12)."""

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.jobs import Running, job
from leadline.core.settling import settled_up_to
from leadline.people.models import User
from leadline.scoring.actions import ask_to_learn, follow_changes, learn_model, score_next
from leadline.scoring.actions.learning import KIND, horizon_of
from leadline.scoring.learning.teaching import lesson
from leadline.scoring.queries import basis

HISTORY = "core_history"


@app.periodic(cron="* * * * * */20")
@app.task(name="scoring.follow", queueing_lock="scoring.follow")
def follow(timestamp: int) -> None:
    """Every twenty seconds: changed leads are scored again, then what a change of rules left due."""
    catch_up(by=_house())


@app.periodic(cron="14 * * * *")
@app.task(name="scoring.look_at_all", queueing_lock="scoring.look_at_all")
def look_at_all(timestamp: int) -> None:
    """Every hour: all leads, as some rules move with time and some of what they ask is not in the history.

    What a model looks at does neither.
    """
    if basis().model is not None:
        return
    more = score_next(anew=True, by=_house())
    while more:
        more = score_next(by=_house())


@app.periodic(cron="40 2 * * 0")
@app.task(name="scoring.learn_weekly", queueing_lock="scoring.learn_weekly")
def learn_weekly(timestamp: int) -> None:
    """Each Sunday night: a model is learnt anew."""
    ask_to_learn(by=_house())


@job(KIND)
def run_learning(running: Running) -> None:
    """Learn once, in a process of its own."""
    if running.cursor:
        return
    came = lesson(horizon_of(int(running.params["horizon"])))
    with running.portion(done=1, cursor=1) as portion:
        learn_model(came, by=running.by)
        portion.count(leads=came.card["leads"])


def catch_up(*, by: Actor, patience: float = 5.0) -> None:
    """Follow the history as far as it is settled, then go on with a pass that is due."""
    settled = settled_up_to(HISTORY, patience=patience)
    while settled is not None and follow_changes(settled=settled, by=by) is not None:
        continue
    while score_next(by=by):
        continue


def _house() -> Actor:
    return Actor(User.objects.house(), via="job", trace="scoring")
