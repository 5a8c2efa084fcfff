"""The machinery of checks: what a rule is, running it, accepting, redacting, and prose."""
