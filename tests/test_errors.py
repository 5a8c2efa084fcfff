"""What a user meets is one kind of exception, a plain sentence with an exit code."""

import pytest

from hscb_report import errors
from hscb_report.findings import Finding

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.ReportError)
]


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_command_line_s_fault_has_the_code_2(kind):
    assert kind.exit_code == (2 if kind is errors.UsageError else 1)


def test_wrong_data_tells_every_finding_a_line_each():
    findings = [Finding("R1", "error", f"{name}.csv", "is wrong.", "Mend it.") for name in "abc"]
    error = errors.DataError(findings)
    assert error.findings == tuple(findings)
    assert str(error).splitlines() == [str(finding) for finding in findings]


def test_a_name_that_does_not_exist_is_told_with_the_nearest():
    error = errors.UnknownNameError("fact", "budget.spent", ["budget.spend", "audits.closed"])
    assert str(error) == 'Unknown fact "budget.spent". Did you mean "budget.spend"?'
