"""Solves the instances that the group `care` left in a folder: care.py FOLDER OURS.jsonl

Rounds by OR-Tools' routing (guided local search) in as much time as ours took, pairings by OR-Tools' min-cost flow,
sites by HiGHS through scipy.
"""
import json, pathlib, sys, time
import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2
from ortools.graph.python import min_cost_flow
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack, identity

folder = pathlib.Path(sys.argv[1])
ours = [json.loads(line) for line in open(sys.argv[2]) if line.strip()]


def read(name):
    return np.fromfile(folder / f"{name}.i32", dtype=np.int32)


def round_of(count, seconds):
    table = read(f"route-{count}").reshape(count, count).tolist()
    manager = pywrapcp.RoutingIndexManager(count, 1, 0)
    routing = pywrapcp.RoutingModel(manager)
    index = routing.RegisterTransitMatrix(table)
    routing.SetArcCostEvaluatorOfAllVehicles(index)
    options = pywrapcp.DefaultRoutingSearchParameters()
    options.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC
    options.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    options.time_limit.FromMilliseconds(max(100, int(seconds * 1000)))
    solution = routing.SolveWithParameters(options)
    return solution.ObjectiveValue() if solution else 0


def pairing_of(helpers, households):
    offsets, targets, costs = (read(f"pair-{helpers}-{part}") for part in ("offsets", "targets", "costs"))
    tails = np.repeat(np.arange(helpers), np.diff(offsets))
    flow = min_cost_flow.SimpleMinCostFlow()
    ones = np.ones(len(tails), dtype=np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(tails, helpers + targets, ones, costs.astype(np.int64))
    source = helpers + households
    flow.add_arcs_with_capacity_and_unit_cost(
        np.full(helpers, source), np.arange(helpers), np.full(helpers, 11), np.zeros(helpers, dtype=np.int64))
    flow.set_nodes_supplies(np.arange(helpers, helpers + households), np.full(households, -1))
    flow.set_node_supply(source, households)
    assert flow.solve() == flow.OPTIMAL
    return flow.optimal_cost()


def sites_of(p, candidates):
    weights = read(f"site-{candidates}-weights")
    cover = csr_matrix(read(f"site-{candidates}-cover").reshape(candidates, len(weights)).T)
    # Open sites first, then covered doors: a door counts when a site that reaches it is open.
    rows = hstack([-cover, identity(len(weights))])
    opened = np.concatenate([np.ones(candidates), np.zeros(len(weights))])
    result = milp(
        -np.concatenate([np.zeros(candidates), weights]), integrality=np.ones(candidates + len(weights)),
        bounds=Bounds(0, 1), constraints=[LinearConstraint(rows, ub=0), LinearConstraint(opened, ub=p)],
        options={"mip_rel_gap": 0})
    return round(-result.fun)


for row in ours:
    numbers = [int(word.replace("×", "")) for word in row["input"].replace("×", " ").split() if word.isdigit()]
    start = time.process_time()
    if row["task"].startswith("round"):
        amount = round_of(numbers[0], row["seconds"])
    elif row["task"].startswith("pairing"):
        amount = pairing_of(*numbers)
    elif row["task"].startswith("siting"):
        amount = sites_of(*numbers)
    else:
        continue
    seconds = time.process_time() - start
    print(json.dumps({"task": row["task"], "input": row["input"], "seconds": seconds, "amount": int(amount)}))
