"""Prints Markdown tables: compare.py TITLE OURS.jsonl [PEER.jsonl], ours beside a peer, or ours alone."""
import json, sys


def read(path):
    with open(path) as file:
        rows = [json.loads(line) for line in file if line.strip()]
    return {(row["task"], row["input"]): row for row in rows}


title, ours = sys.argv[1], read(sys.argv[2])
print(f"\n### {title}\n")
if len(sys.argv) > 3:
    peer = read(sys.argv[3])
    print("| task | input | amount | ours, s | peer, s | ratio |\n|---|---|---:|---:|---:|---:|")
    for key, row in ours.items():
        if key not in peer:
            continue
        other = peer[key]
        same = "" if row["amount"] == other["amount"] else f" (peer {other['amount']})"
        print(f"| {key[0]} | {key[1]} | {row['amount']}{same} | {row['seconds']:.4g} | {other['seconds']:.4g} "
              f"| {other['seconds'] / row['seconds']:.1f} × |")
else:
    print("| task | input | result | seconds | rate |\n|---|---|---:|---:|---:|")
    for (task, thing), row in ours.items():
        count, _, unit = thing.partition(" ")
        rate = ""
        if row["seconds"] and unit in ("units", "points"):
            rate = f"{row['seconds'] / int(count) * 1e9:,.0f} ns each"
        elif row["seconds"]:
            rate = f"{row['amount'] / row['seconds']:,.0f} a second"
        print(f"| {task} | {thing} | {row['amount']} | {row['seconds']:.4g} | {rate} |")
