"""The plan in writing: ``report.html`` for everybody's screen, ``plan.pdf`` for the decision.

html, pdf = write(scenario, people, plan, measures, folder)
"""

from wayout.report.writing import write

__all__ = ["write"]
