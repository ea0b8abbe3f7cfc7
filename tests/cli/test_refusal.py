import pytest

from wayout.cli.refusal import as_object, tell
from wayout.errors import PlanError, ScenarioError
from wayout.findings import Finding, Severity, Where

FINDINGS = (
    Finding("S07", Severity.ERROR, Where("places.csv", 3, "beds"), "beds is 'x'.", "Write one."),
    Finding("S11", Severity.WARNING, Where("links.csv", 9), "nobody uses it.", "Remove it."),
)


def test_every_finding_is_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    tell(ScenarioError("it cannot be used: 1 error.", FINDINGS))
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        *(str(finding) for finding in FINDINGS),
        "wayout: it cannot be used: 1 error.",
    ]


def test_the_text_of_a_user_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    tell(PlanError("[bold]plans/x[/bold] is a file."))
    assert "[bold]plans/x[/bold]" in capsys.readouterr().err


def test_as_an_object() -> None:
    told = as_object(ScenarioError("no.", FINDINGS))
    assert told["error"] == "no."
    assert told["findings"][0] == {
        "rule": "S07",
        "severity": "error",
        "file": "places.csv",
        "row": 3,
        "column": "beds",
        "message": "beds is 'x'.",
        "cure": "Write one.",
    }
