"""Coverage validation by GEOS through shapely, CPU time, best of three. coverage.py FILE…

`audit` is what an audit asks of GEOS: is_valid, coverage_is_valid and, for what is wrong and where,
coverage_invalid_edges. Gaps between units that nowhere overlap it does not look for.
"""
import json, sys, time
import geopandas as gpd, shapely


def best(body, rounds=3):
    least = None
    for _ in range(rounds):
        start = time.process_time()
        amount = body()
        seconds = time.process_time() - start
        least = seconds if least is None else min(least, seconds)
    return least, amount


for path in sys.argv[1:]:
    frame = gpd.read_file(path, engine="pyogrio")
    if frame.crs and frame.crs.is_geographic:
        frame = frame.to_crs(frame.estimate_utm_crs())
    areas = shapely.force_2d(frame.geometry.values)
    name = path.rsplit("/", 1)[-1]

    def row(task, seconds, amount):
        print(json.dumps({"task": task, "input": name, "seconds": seconds, "amount": int(amount)}))

    row("validity", *best(lambda: (~shapely.is_valid(areas)).sum()))
    def audit():
        invalid = (~shapely.is_valid(areas)).sum()
        if shapely.coverage_is_valid(areas):
            return invalid
        return invalid + (~shapely.is_empty(shapely.coverage_invalid_edges(areas))).sum()

    row("audit", *best(audit))
    row("union", *best(lambda: shapely.get_num_geometries(shapely.union_all(areas))))
