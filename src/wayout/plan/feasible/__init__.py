"""The judge. It knows the scenario, the plan and the rules of execution, and nothing of planning.

    verdict = judge(scenario, plan)
    if not verdict.accepted:
        print(verdict.findings)

Each rule is one function ``check_*`` that cites its code; ``judging.RULES`` lists
them. No rule stops at the first breach, and none relies on another having passed.
"""

from wayout.plan.feasible.judging import judge
from wayout.plan.feasible.verdict import Verdict

__all__ = ["Verdict", "judge"]
