"""The rules that a year's data must keep, numbered as in the specification."""

from hscb_report.rules import budget, reviews, training
from hscb_report.rules.rule import Rule, RuleResult, run_rules

RULES: tuple[Rule, ...] = (*budget.RULES, *reviews.RULES, *training.RULES)

__all__ = ["RULES", "Rule", "RuleResult", "run_rules"]
