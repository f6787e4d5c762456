"""From matched promo codes and click paths to credits: the batch plan and the single order.

`paths` says which clicks form a path and which is last, `rules` when a credit rule is met and which promo code
comes first; `batch` and `one` read both and agree on every input.
"""
