"""The plan in writing: ``report.html`` for everybody's screen, ``plan.pdf`` for the decision.

html, pdf = write(scenario, people, plan, measures, folder)
html, pdf = renew(folder)  # once more, with what other commands found about the plan
"""

from wayout.report.writing import renew, write

__all__ = ["renew", "write"]
