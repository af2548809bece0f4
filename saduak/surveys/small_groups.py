"""Which branches of a tree may be shown so that no group smaller than the least one can be told, neither directly nor by
subtracting what is shown from what is shown. Pure.

Groups are the offices at and below a node. The children of a node and the node's own answer part its group. Those with
fewer answers than the least group are hidden; when all hidden ones together are still fewer (so that subtraction would tell
them), the smallest of the others are hidden too, until they are enough. Below a hidden node everything is hidden. So
whatever is added or subtracted of what is shown, the rest is nothing or at least the least group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def hidden(counts: Mapping[str, int], least: int) -> set[str]:
    """Which parts of a group are not shown; `counts`: answers of each part. The choice is the same for every reader."""
    found = {name for name, many in counts.items() if 0 < many < least}
    rest = sorted((many, name) for name, many in counts.items() if many >= least)
    together = sum(counts[name] for name in found)
    for many, name in rest:
        if not found or together >= least:
            break
        found.add(name)
        together += many
    return found


def shown(levels: Sequence[tuple[Mapping[str, int], str]], total: int, least: int) -> bool:
    """May the group at the end of a way down be shown? levels: from the top down, the counts of the parts of each node and
    the part that the way takes; total: answers at and below the top."""
    return total >= least and all(
        counts.get(taken, 0) >= least and taken not in hidden(counts, least) for counts, taken in levels
    )
