"""The grid model in HiGHS and in CP-SAT. Each is imported on use: one process has room for one."""

from typing import Any

import numpy as np

from benchmarks.peers.grid import GridModel, Real

WORKERS = 2


def solve_highs(model: GridModel, seconds: float) -> tuple[Real | None, str]:
    """The best solution that HiGHS found, and how it ended."""
    import highspy

    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = model.matrix.shape
    program.col_cost_, program.col_lower_ = model.cost, model.lower
    program.col_upper_ = model.upper
    program.row_lower_, program.row_upper_ = model.row_lower, model.row_upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_, program.a_matrix_.index_ = model.matrix.indptr, model.matrix.indices
    program.a_matrix_.value_ = model.matrix.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    program.integrality_ = [kinds[int(whole)] for whole in model.whole]
    solver = highspy._core._Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", WORKERS)
    solver.setOptionValue("time_limit", max(0.1, seconds))
    solver.passModel(program)
    solver.run()
    status = solver.modelStatusToString(solver.getModelStatus())
    found = solver.getInfo().primal_solution_status == 2  # kSolutionStatusFeasible
    x = np.array(solver.getSolution().col_value) if found else None
    return x, f"HiGHS: {status}"


def solve_cp_sat(model: GridModel, seconds: float) -> tuple[Real | None, str]:
    """The best solution that CP-SAT found, and how it ended. People are whole numbers here."""
    from ortools.linear_solver.python import model_builder_helper as helper
    from scipy.sparse import csr_matrix

    builder: Any = helper.ModelBuilderHelper()  # its stubs name shapes that numpy's do not
    builder.fill_model_from_sparse_data(
        model.lower,
        model.upper,
        model.cost,
        model.row_lower,
        model.row_upper,
        csr_matrix(model.matrix),
    )
    for column in range(len(model.cost)):
        builder.set_var_integrality(column, True)
    solver = helper.ModelSolverHelper("sat")
    solver.set_time_limit_in_seconds(max(0.1, seconds))
    solver.set_solver_specific_parameters(f"num_workers:{WORKERS} random_seed:1")
    solver.solve(builder)
    x = np.array(solver.variable_values()) if solver.has_solution() else None
    return x, f"CP-SAT: {solver.status()}"
