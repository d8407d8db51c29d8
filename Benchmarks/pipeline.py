"""Runs the whole way of a town as a user would: pipeline.py GEOGRID DATA [ROUNDS]. Prints a Markdown table.

Every step is a process of its own; seconds on the clock and of CPU, and the peak of memory, of the best round.
"""
import os, subprocess, sys, tempfile, time

geogrid, data = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
way = [
    ("init", ["init", "town.gpkg", "--name", "云溪镇", "--county", "清岚县", "--code", "361199100"]),
    ("import, all layers", ["import", "town.gpkg", data]),
    ("audit", ["audit", "town.gpkg"]),
    ("assign", ["assign", "town.gpkg"]),
    ("workload", ["workload", "town.gpkg"]),
    ("map, A1 PDF", ["map", "town.gpkg", "-o", "map.pdf"]),
]
beside = [
    ("map, A1 PNG 300 dpi", ["map", "town.gpkg", "-o", "map.png", "--dpi", "300"]),
    ("locate --household", ["locate", "town.gpkg", "--household", "H00012"]),
    ("locate --at", ["locate", "town.gpkg", "--at", "117.0658,27.5506"]),
    ("import, nothing new", ["import", "town.gpkg", data]),
]


def run(arguments, folder):
    start = time.perf_counter()
    process = subprocess.Popen([geogrid, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"geogrid {' '.join(arguments)}: exit {process.returncode}\n{output.decode()}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


best = {}
totals = []
for _ in range(rounds):
    with tempfile.TemporaryDirectory() as folder:
        figures = {name: run(arguments, folder) for name, arguments in way}
        totals.append(tuple(f(figure[i] for figure in figures.values()) for i, f in enumerate((sum, sum, max))))
        for name, arguments in beside:
            figures[name] = run(arguments, folder)
    for name, figure in figures.items():
        best[name] = min(best.get(name, figure), figure)
total = min(totals)
print("\n### The whole way on the sample town, each step a process\n")
print("| step | seconds | CPU seconds | peak MB |\n|---|---:|---:|---:|")
for name, _ in way:
    print("| {} | {:.2f} | {:.2f} | {:.0f} |".format(name, *best[name]))
print("| **together** | **{:.2f}** | **{:.2f}** | **{:.0f}** |".format(*total))
for name, _ in beside:
    print("| {} | {:.2f} | {:.2f} | {:.0f} |".format(name, *best[name]))
