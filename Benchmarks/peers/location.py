"""Points in polygons by shapely: STRtree over prepared polygons, CPU time, best of three. location.py FILE…"""
import json, sys, time
import numpy as np, geopandas as gpd, shapely


def best(body, rounds=3):
    least = None
    for _ in range(rounds):
        start = time.process_time()
        amount = body()
        seconds = time.process_time() - start
        least = seconds if least is None else min(least, seconds)
    return least, amount


for path in sys.argv[1:]:
    polygons = gpd.read_file(path, engine="pyogrio").geometry.values
    shapely.prepare(polygons)
    x0, y0, x1, y1 = shapely.total_bounds(polygons)
    name = path.rsplit("/", 1)[-1]

    def row(task, seconds, amount):
        print(json.dumps({"task": task, "input": name, "seconds": seconds, "amount": int(amount)}))

    row("index", *best(lambda: len(shapely.STRtree(polygons).geometries)))
    tree = shapely.STRtree(polygons)
    for count in (1_000, 10_000, 100_000, 1_000_000):
        rng = np.random.default_rng(1)
        points = shapely.points(rng.uniform(x0, x1, count), rng.uniform(y0, y1, count))
        row(f"locate {count}", *best(lambda: tree.query(points, predicate="intersects").shape[1]))
