"""Prints the measurements of ours that have no peer: table.py OURS.jsonl PEER.jsonl, as rows of a Markdown table."""
import json, sys

ours, peer = ([json.loads(line) for line in open(path) if line.strip()] for path in sys.argv[1:3])
known = {(row["task"], row["input"]) for row in peer}
for row in ours:
    if (row["task"], row["input"]) not in known:
        print(f"| {row['task']} | {row['input']} | {row['amount']} | {row['seconds']:.3f} |")
