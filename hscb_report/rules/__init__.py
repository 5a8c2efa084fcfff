"""The rules that a year's data must keep, numbered as in the specification."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from hscb_report.rules import agencies, budget, measures, plan, reviews, statements, training
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
    local_authority: str = ""


def all_rules(context: Context) -> tuple[Rule, ...]:
    """Return rules 1 to 28, in order."""
    found = (
        *budget.RULES,
        budget.continuity_rule(context.balances_before),
        budget.covering_rule(context.local_authority),
        *reviews.RULES,
        *training.RULES,
        *measures.RULES,
        *plan.RULES,
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


# Disclosure control is reported as not run until there is a profile to run.
_WAITING = (
    Rule("R27", "Disclosure control has passed before a public render", "error", (), _wait),
)
