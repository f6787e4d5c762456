"""One order at a time: `Engine.decide`, and how long an engine takes to be there."""
