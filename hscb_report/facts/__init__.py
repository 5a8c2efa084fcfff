"""The facts: every number that prose may use, by id."""

from hscb_report.facts.chapters import ledger
from hscb_report.facts.ledger import Fact, Ledger

__all__ = ["Fact", "Ledger", "ledger"]
