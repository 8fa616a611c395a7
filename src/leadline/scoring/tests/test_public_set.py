"""On a set that everybody knows, our way gives what the library's own pipeline gives (LEA-12)."""

import numpy
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from leadline.scoring.learning.child import learnt
from leadline.scoring.learning.encoding import NUMBER, Encoder


def test_breast_cancer_wisconsin_by_both_ways():
    known = load_breast_cancer()
    order = numpy.random.default_rng(0).permutation(len(known.target))
    rows, outcome = known.data[order], known.target[order]
    names = [str(name) for name in known.feature_names]
    at = 400
    values = [dict(zip(names, map(float, row), strict=True)) for row in rows]
    encoder = Encoder.of(dict.fromkeys(names, NUMBER), values[:at])

    said = learnt(
        {
            "earlier": [encoder.vector(each) for each in values[:at]],
            "outcome": outcome[:at].tolist(),
            "later": [encoder.vector(each) for each in values[at:]],
            "later_outcome": outcome[at:].tolist(),
            "later_rules": [0] * (len(rows) - at),
            "seed": 1,
        }
    )

    reference = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000)).fit(
        rows[:at], outcome[:at]
    )
    expected = roc_auc_score(outcome[at:], reference.predict_proba(rows[at:])[:, 1])
    assert said["auc"]["model"] > 0.98
    assert abs(said["auc"]["model"] - expected) < 0.01
    assert said["gain_low"] > 0.4
