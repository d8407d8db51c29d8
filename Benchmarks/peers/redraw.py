"""Redrawing beside METIS and GerryChain, and on the published instances; prints the tables of docs/performance.md.

usage: redraw.py GEOGRID SHARED [long] [synthetic|disruption|published|growth|merger …]
GEOGRID: the release binary. SHARED: the folder with districting/, realdata/districting/ and peers/districting.py, which
scores all plans alike. With `long` every seed is run (1-5, and 1-10 for 952_241), else one or two. Every run is one process on one core; seconds are its CPU time, memory its largest resident set.
"""
import glob, json, os, random, resource, subprocess, sys, tempfile, time
from concurrent.futures import ThreadPoolExecutor

geogrid, shared = sys.argv[1], sys.argv[2]
chosen = sys.argv[3:]
long = "long" in chosen
parts = [part for part in chosen if part != "long"] or ["synthetic", "disruption", "published", "growth", "merger"]
sys.path.insert(0, os.path.join(shared, "peers"))
work = tempfile.mkdtemp()
# What each row is given to do; the same effort gives the same plan on every machine.
EFFORT = {"20000_241": (60_000_000, 8_000_000), "2000_40": (14_000_000,), "952_241": (6_000_000, 1_000_000)}
# Seconds of chain, and seconds in all, that GerryChain is given; the larger cases only with `long`.
GERRYCHAIN = {"20000_241": (60, 900), "2000_40": (15, 120), "952_241": (60, 120)}


def run(*arguments):
    """Runs geogrid redraw and returns its answer with CPU seconds and megabytes."""
    command = [geogrid, "redraw", *map(str, arguments), "--format", "json", "--quiet"]
    out = tempfile.TemporaryFile()
    process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
    # Its own high-water mark: what getrusage tells includes this process before the exec.
    ended, peak = 0, 0
    while not ended:
        try:
            with open(f"/proc/{process.pid}/status") as file:
                peak = max([peak] + [int(line.split()[1]) for line in file if line.startswith("VmHWM")])
        except OSError:
            pass
        time.sleep(0.02)
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    out.seek(0)
    answer = json.load(out)
    answer.update(seconds=usage.ru_utime + usage.ru_stime, megabytes=peak / 1024, status=status)
    return answer


def units(name):
    return os.path.join(shared, "districting", f"synthetic_{name}.geojson")


def synthetic():
    import districting

    for name, k, tolerance in (("20000_241", 241, 0.01), ("2000_40", 40, 0.01), ("952_241", 241, 0.1)):
        print(f"\n### synthetic_{name}\n\n```", flush=True)
        data = districting.load(units(name))
        ids = data[0]
        seeds = range(1, (11 if name == "952_241" else 6) if long else 3)
        tasks = [(effort, seed) for effort in EFFORT[name] for seed in (seeds if effort == EFFORT[name][0] else [1])]

        def solve(task):
            effort, seed = task
            plan = os.path.join(work, f"plan_{effort}_{seed}.json")
            answer = run("--units", units(name), "--districts", k, "--tolerance", tolerance, "--seed", seed,
                         "--effort", effort, "-o", plan)
            return answer, json.load(open(plan))

        # Several seeds side by side, each on one core.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for (effort, seed), (answer, label) in zip(tasks, pool.map(solve, tasks)):
                districting.score(f"geogrid seed {seed} {answer['megabytes']:.0f} MB", answer["seconds"], data,
                                  [label[str(i)] for i in ids], k)
        try:
            districting.metis(data, k)
        except Exception as error:
            print("METIS:", error)
        chain, limit = GERRYCHAIN[name]
        if long or name == "2000_40":
            command = [sys.executable, os.path.join(shared, "peers", "districting.py"), "recom", units(name), k, chain]
            try:
                subprocess.run([*map(str, command)], timeout=limit, stderr=subprocess.DEVNULL, check=True)
            except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
                print(f"GerryChain: no plan in {limit} s")
        print("```")


def drifted(name, k, hot):
    """The units with other loads than the ones their plan was made for, and the plan; loads drift or have hot spots."""
    source = json.load(open(units(name)))
    plan = os.path.join(work, f"base_{name}.json")
    if not os.path.exists(plan):
        run("--units", units(name), "--districts", k, "--tolerance", 0.02, "--effort", 2_000 * len(source["features"]),
            "-o", plan)
    chance = random.Random(7)
    features = source["features"]
    middle = [[sum(c) / len(f["geometry"]["coordinates"][0]) for c in zip(*f["geometry"]["coordinates"][0])]
              for f in features]
    xs, ys = zip(*middle)
    reach = ((max(xs) - min(xs)) * (max(ys) - min(ys)) / k) ** 0.5
    spots = [middle[chance.randrange(len(middle))] for _ in range(max(4, len(middle) // 500))] if hot else []
    for feature, (x, y) in zip(features, middle):
        load = feature["properties"]["workload"]
        if hot:
            near = min((((x - a) ** 2 + (y - b) ** 2) ** 0.5 for a, b in spots), default=reach)
            load *= 1 + 1.5 * max(0, 1 - near / reach)
        else:
            load *= 1 + 0.7 * (chance.random() - 0.5) + (0.35 if (int(x / reach) + int(y / reach)) % 2 else -0.35)
        feature["properties"]["workload"] = max(1, round(load))
    path = os.path.join(work, f"drift_{name}_{hot}.geojson")
    json.dump(source, open(path, "w"))
    label = json.load(open(plan))
    loads, total = [0] * k, 0
    for feature in features:
        loads[label[str(feature["properties"]["id"])]] += feature["properties"]["workload"]
        total += feature["properties"]["workload"]
    share = total / k
    bound = max(sum(max(0, l - 1.05 * share) for l in loads), sum(max(0, 0.95 * share - l) for l in loads))
    worst = max(abs(l / share - 1) for l in loads)
    return path, plan, bound / total, worst


def disruption():
    print("\n### Loads that changed: ±5 % again with few units moved\n")
    print("| instance | worst before | grids outside ±5 % | moved | surplus (lower bound) | ratio "
          "| between neighbours | inner border km | compactness | CPU s |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for name, k, effort in (("2000_40", 40, 4_000_000), ("20000_241", 241, 20_000_000)):
        for hot in (False, True):
            path, plan, bound, worst = drifted(name, k, hot)
            answer = run("--units", path, "--districts", k, "--tolerance", 0.05, "--old", plan, "--moves", 5,
                         "--effort", effort)
            moved = answer["movedLoad"]
            print(f"| {name}, {'hot spots' if hot else 'drift'} | {100 * worst:.0f} % | {answer['missed']} | "
                  f"{100 * moved:.2f} % | {100 * bound:.2f} % | {moved / bound:.2f} | "
                  f"{100 * answer['movedBetweenNeighbours']:.2f} % | {answer['innerBorder'] / 1000:.1f} | "
                  f"{answer['compactness']:.3f} | {answer['seconds']:.1f} |",
                  flush=True)


def published():
    print("\n### Published instances: cut edges by seed (best known; * proven)\n")
    seeds = range(1, 6 if long else 3)
    print("| instance | units | districts | best known |", *(f"{seed} |" for seed in seeds), "outside bounds | CPU s a run |")
    print("|---|---:|---:|---:|" + "---:|" * (len(seeds) + 2))
    for path in sorted(glob.glob(os.path.join(shared, "realdata", "districting", "*.json"))):
        instance = json.load(open(path))
        count = len(instance["weights"])
        # Lumpy ones of middling size freeze in many different ways and need many starts; large ones a long search.
        effort = 8_000_000 if count <= 70 else 40_000_000 if count < 150 else 20_000_000 if count < 500 else 120_000_000
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            runs = list(pool.map(
                lambda seed: run("--graph", path, "--seed", seed, "--effort", effort), seeds))
        best = instance["best_cut_edges"]
        print(f"| {instance['name']} | {count} | {instance['districts']} | {best}{'*' if instance['proven'] else ''} | "
              + " | ".join(str(r["cutEdges"]) for r in runs)
              + f" | {sum(r['missed'] + r['disconnected'] for r in runs)} | "
              + f"{sum(r['seconds'] for r in runs) / len(runs):.1f} |", flush=True)


def growth():
    print("\n### Growth: squares in a lattice, 83 to a grid, 1,000 moves a unit\n")
    print("| units | grids | worst | CPU s | µs a unit | MB |\n|---:|---:|---:|---:|---:|---:|")
    for width, height in ((100, 200), (250, 400)):
        chance = random.Random(1)
        path = os.path.join(work, f"lattice_{width}.geojson")
        with open(path, "w") as file:
            file.write('{"type":"FeatureCollection","features":[')
            for i in range(width * height):
                x, y = i % width * 30, i // width * 30
                ring = [[x, y], [x + 30, y], [x + 30, y + 30], [x, y + 30], [x, y]]
                file.write((",\n" if i else "\n") + json.dumps({
                    "type": "Feature", "properties": {"id": i, "workload": chance.randint(5, 60)},
                    "geometry": {"type": "Polygon", "coordinates": [[[a + 40_000, b + 30_000] for a, b in ring]]}}))
            file.write("]}")
        count = width * height
        answer = run("--units", path, "--districts", count // 83, "--tolerance", 0.02, "--effort", 1_000 * count)
        print(f"| {count} | {count // 83} | {100 * answer['worstDeviation']:.2f} % | {answer['seconds']:.1f} | "
              f"{1e6 * answer['seconds'] / count:.0f} | {answer['megabytes']:.0f} |", flush=True)


def merger():
    """The sample town's merger of 19 communities to 10, with microgrids split where too heavy, and its front."""
    data = os.path.join(os.path.dirname(__file__), "..", "..", "data")
    town = os.path.join(work, "town.gpkg")
    for step in (["init", town, "--name", "云溪镇", "--county", "清岚县", "--code", "361199100"],
                 ["import", town, os.path.join(data, "town")], ["assign", town]):
        subprocess.run([geogrid, *step, "--quiet"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for front in (False, True):
        start = time.perf_counter()
        done = subprocess.run(
            [geogrid, "redraw", town, "--merger", os.path.join(data, "plans", "merger.csv"), "--split", "--lang", "en",
             *(["--front"] if front else [])], capture_output=True, text=True)
        print(f"\n### The sample town's merger, 19 communities to 10{', the front' if front else ''}: "
              f"{time.perf_counter() - start:.1f} s on all cores\n\n```\n" + done.stdout.split("\n\n")[0] + "\n```", flush=True)


PARTS = {"synthetic": synthetic, "disruption": disruption, "published": published, "growth": growth, "merger": merger}
for part in parts:
    PARTS[part]()
