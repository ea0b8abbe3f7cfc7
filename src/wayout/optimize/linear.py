"""The one door to the linear solver: the interior-point code of HiGHS."""

import highspy
import numpy as np

from wayout.errors import SolverError
from wayout.optimize.program import LinearProgram, LinearSolution


def _quiet_solver() -> highspy._core._Highs:
    """A solver that prints nothing.

    ``highspy.Highs`` writes a banner to standard output when it sets up its callbacks, which would
    spoil ``--json``; the class below it has neither.
    """
    solver = highspy._core._Highs()
    solver.setOptionValue("output_flag", False)
    return solver


def _model(program: LinearProgram) -> highspy.HighsLp:
    matrix = program.matrix.tocsr()
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = program.cost, program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    return model


def solve_linear(
    program: LinearProgram, seconds: float | None = None, tolerance: float | None = None
) -> LinearSolution:
    """Solve a linear program without crossover: the solution is a central one among the optima.

    ``tolerance`` is the relative gap at which it ends, the solver's own if None: a bound is
    recomputed from the dual vector, so that a rough solution makes it weaker, never wrong.

    Raises SolverError when the solver ends without a dual vector. An infeasible program is an
    error here: the relaxation always allows that nobody moves.
    """
    solver = _quiet_solver()
    solver.setOptionValue("solver", "ipm")
    solver.setOptionValue("run_crossover", "off")
    solver.setOptionValue("threads", 1)
    if tolerance is not None:
        solver.setOptionValue("ipm_optimality_tolerance", tolerance)
    if seconds is not None:
        solver.setOptionValue("time_limit", max(seconds, 0.01))
    solver.passModel(_model(program))
    solver.run()
    status = solver.getModelStatus()
    solution = solver.getSolution()
    if not solution.dual_valid or len(solution.row_dual) == 0:
        raise SolverError(f"the linear solver ended with {solver.modelStatusToString(status)}")
    return LinearSolution(
        optimal=status == highspy.HighsModelStatus.kOptimal,
        objective=float(solver.getInfo().objective_function_value),
        x=np.array(solution.col_value, dtype=np.float64),
        y=np.array(solution.row_dual, dtype=np.float64),
    )
