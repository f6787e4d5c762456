"""Trees of patterns -> automata, and what they tell: products, differences, containment, the shortest common text."""
