"""Loads and writes GeoJSON with pyogrio (GDAL): the peer of `Benchmarks geojson`. Prints a line of JSON a figure."""
import json, os, sys, tempfile, time

import geopandas


def best(body, rounds=15):
    least, amount = float("inf"), 0
    for _ in range(rounds):
        start = time.process_time()
        amount = body()
        least = min(least, time.process_time() - start)
    return least, amount


def show(task, path, figure):
    seconds, amount = figure
    print(json.dumps({"task": task, "input": os.path.basename(path), "seconds": seconds, "amount": amount}))


for path in sys.argv[1:]:
    show("load", path, best(lambda: len(geopandas.read_file(path, engine="pyogrio"))))
    frame = geopandas.read_file(path, engine="pyogrio")
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, "out.geojson")

        def write():
            frame.to_file(target, driver="GeoJSON", engine="pyogrio")
            return len(frame)

        show("write", path, best(write))
