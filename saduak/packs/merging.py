"""``extends``: one pack laid over another, one step deep.

Maps are merged key by key. Lists whose entries all have an ``id`` are merged by it (an entry with ``remove:
true`` takes the base's entry away); any other list, and any plain value, replaces the base's. Every value
keeps the file and line it came from, so a mistake in the result still points at the place where it was made.
"""

from __future__ import annotations

from saduak.packs.yaml_source import Node


def merge(base: Node, over: Node) -> Node:
    """``over`` laid over ``base``; neither is changed."""
    if isinstance(base.value, dict) and isinstance(over.value, dict):
        return _maps(base, over)
    if _by_id(base) and _by_id(over):
        return _lists(base, over)
    return over


def _maps(base: Node, over: Node) -> Node:
    value, keys = dict(base.value), dict(base.keys)
    for key, node in over.value.items():
        value[key] = merge(value[key], node) if key in value else node
        # A key's line must belong to the file of the map that answers for it: the one laid over.
        keys[key] = over.keys[key]
    return Node(value, over.file, over.line, keys)


def _lists(base: Node, over: Node) -> Node:
    order = [_id(node) for node in base.items()]
    entries = dict(zip(order, base.items(), strict=True))
    for node in over.items():
        name, removal = _id(node), node.get("remove")
        if removal is not None and removal.value is True:
            entries.pop(name, None)
        elif name in entries:
            entries[name] = merge(entries[name], node)
        else:
            entries[name] = node
            order.append(name)
    return Node([entries[name] for name in order if name in entries], over.file, over.line)


def _by_id(node: Node) -> bool:
    entries = node.items()
    return bool(entries) and len({_id(one) for one in entries}) == len(entries) and all(map(_id, entries))


def _id(node: Node) -> str:
    found = node.get("id")
    return found.value if found is not None and isinstance(found.value, str) else ""
