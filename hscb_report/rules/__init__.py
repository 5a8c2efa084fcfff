"""The rules that a year's data must keep, numbered as in the specification."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from hscb_report.rules import agencies, budget, measures, reviews, statements, training
from hscb_report.rules.acceptance import accepted_results
from hscb_report.rules.rule import Breaches, NothingToCheck, Rule, RuleResult, run_rules
from hscb_report.schema import Tables
from hscb_report.schema.finance import FundBalance

__all__ = ["Context", "Rule", "RuleResult", "accepted_results", "all_rules", "run_rules"]


@dataclass(frozen=True)
class Context:
    """What rules must know beside the year's own tables."""

    is_final: bool = True
    pages: Container[str] = ()
    balances_before: tuple[FundBalance, ...] = ()


def all_rules(context: Context) -> tuple[Rule, ...]:
    """Return rules 1 to 28, in order."""
    found = (
        *budget.RULES,
        budget.continuity_rule(context.balances_before),
        *reviews.RULES,
        *training.RULES,
        *measures.RULES,
        *agencies.RULES,
        *statements.RULES,
        statements.coverage_rule(context.pages),
        statements.placeholder_rule(context.is_final),
        *_WAITING,
    )
    return tuple(sorted(found, key=lambda rule: int(rule.code[1:])))


def _wait(_tables: Tables) -> Breaches:
    """Check nothing yet: what the rule reads is not among the declared tables."""
    raise NothingToCheck


# Rules about the plan, the covering report and disclosure control: reported as not run until the
# tables that they read are declared.
_WAITING = (
    Rule("R6", "The covering report's figure for the Council is the budget's", "error", (), _wait),
    Rule("R18", "A due date is inside the plan year, single and legible", "warning", (), _wait),
    Rule("R19", "Monitoring is not before what it monitors", "warning", (), _wait),
    Rule("R20", "What is called a priority of the plan has an action", "warning", (), _wait),
    Rule("R21", "An objective ticked for the year has an action area", "warning", (), _wait),
    Rule("R22", "One post has one holder at a date", "warning", (), _wait),
    Rule("R27", "Disclosure control has passed before a public render", "error", (), _wait),
)
