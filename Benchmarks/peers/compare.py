"""Prints ours beside a peer: compare.py TITLE OURS.jsonl PEER.jsonl, as a Markdown table."""
import json, sys


def read(path):
    with open(path) as file:
        rows = [json.loads(line) for line in file if line.strip()]
    return {(row["task"], row["input"]): row for row in rows}


title, ours, peer = sys.argv[1], read(sys.argv[2]), read(sys.argv[3])
print(f"\n### {title}\n\n| task | input | amount | ours, s | peer, s | ratio |\n|---|---|---:|---:|---:|---:|")
for key, row in ours.items():
    if key not in peer:
        continue
    other = peer[key]
    same = "" if row["amount"] == other["amount"] else f" (peer {other['amount']})"
    ratio = other["seconds"] / row["seconds"]
    print(f"| {key[0]} | {key[1]} | {row['amount']}{same} | {row['seconds']:.4f} | {other['seconds']:.4f} | {ratio:.1f} × |")
