"""The one door to the linear solver: GLOP, the simplex code of OR-Tools."""

import numpy as np
from ortools.linear_solver.python import model_builder_helper as door

from wayout.errors import SolverError
from wayout.optimize.program import LinearProgram, LinearSolution

_PARAMETERS = "use_dual_simplex: true random_seed: 1 change_status_to_imprecise: false"
_USABLE = (door.SolveStatus.OPTIMAL, door.SolveStatus.FEASIBLE)


def solve_linear(program: LinearProgram, seconds: float | None = None) -> LinearSolution:
    """Solve a linear program; raises SolverError when it ends without a dual vector.

    An infeasible program is an error here: the relaxation always allows that nobody moves.
    """
    model = door.ModelBuilderHelper()
    model.fill_model_from_sparse_data(
        program.lower, program.upper, program.cost, program.row_lower, program.row_upper, program.matrix.tocsr()
    )
    solver = door.ModelSolverHelper("glop")
    solver.set_solver_specific_parameters(_PARAMETERS)
    if seconds is not None:
        solver.set_time_limit_in_seconds(max(seconds, 0.01))
    solver.solve(model)
    if not solver.has_solution():
        raise SolverError(f"the linear solver ended with {solver.status_string() or solver.status()}")
    return LinearSolution(
        optimal=solver.status() == door.SolveStatus.OPTIMAL,
        objective=float(solver.objective_value()),
        x=np.asarray(solver.variable_values(), dtype=np.float64),
        y=np.asarray(solver.dual_values(), dtype=np.float64),
    )
