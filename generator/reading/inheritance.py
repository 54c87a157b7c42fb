"""沿用: the exact rules by which a form is laid on its base."""

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from generator.findings import Finding, Place, Severity
from generator.reading.traced import YES, Traced, walk

NEVER_INHERITED = ("表式", "名称", "适用", "沿用")
_SHORT = ("栏", "行")  # lists in which a plain name is short for {名称: X}


class Merger(Struct, frozen=True):
    """Lays one tree on another; what cannot be laid is reported."""

    report: Callable[[Finding], None]

    def merge(self, base: Traced, over: Traced) -> Traced:
        """Return `over` laid on `base`."""
        if set(over.entries) == {"取代"}:
            return over.entries["取代"]
        if isinstance(base.value, dict) and isinstance(over.value, dict):
            return replace(over, value=self._merge_mappings(base, over))
        if _is_named_list(base) and _is_named_list(over):
            return replace(over, value=tuple(self._merge_named(base, over).values()))
        if isinstance(base.value, dict | tuple) and isinstance(over.value, str):
            self._refuse(over.place, "不能用一个值改写一组内容", "要整体替换，请写 {取代: …}")
            return base
        if {type(base.value), type(over.value)} == {dict, tuple}:
            what = (
                ("清单", "下一级的键") if isinstance(base.value, tuple) else ("下一级的键", "清单")
            )
            message = f"沿用的表式里是{what[0]}，这里写成了{what[1]}"
            self._refuse(over.place, message, "要整体替换，请写 {取代: …}")
            return base
        return over

    def _merge_mappings(self, base: Traced, over: Traced) -> dict[str, Traced]:
        merged = dict(base.entries)
        for key, item in over.entries.items():
            if item.text("删除") == YES and "名称" not in item:
                if merged.pop(key, None) is None:
                    self._refuse(
                        item.key_place, f"要删除的「{key}」在沿用的表式里没有", "删去这一条"
                    )
            elif key in merged:
                merged[key] = self.merge(merged[key], item)
            elif set(item.entries) == {"取代"}:
                self._refuse(
                    item.key_place, f"「{key}」没有可取代的内容", "直接写内容，不用「取代」"
                )
            else:
                merged[key] = item
        return merged

    def _merge_named(self, base: Traced, over: Traced) -> dict[str, Traced]:
        merged = {item.text("名称"): item for item in _items(base)}
        for item in _items(over):
            name = item.text("名称")
            body = replace(
                item, value={k: v for k, v in item.entries.items() if k not in ("删除", "置于")}
            )
            if item.is_yes("删除"):
                if merged.pop(name, None) is None:
                    self._refuse(item.place, f"要删除的「{name}」在沿用的表式里没有", "删去这一条")
                continue
            merged[name] = self.merge(merged[name], body) if name in merged else body
            merged = self._put(merged, name, item)
        return merged

    def _put(self, merged: dict[str, Traced], name: str, item: Traced) -> dict[str, Traced]:
        """Move an item to where 置于 says."""
        wish = item.get("置于")
        if wish is None:
            return merged
        for side, anchor in wish.entries.items():
            order = [other for other in merged if other != name]
            if anchor.string not in order:
                self._refuse(
                    anchor.place, f"置于「{anchor.string}」，没有这一项", "写同一列表中已有的名称"
                )
                return merged
            order.insert(order.index(anchor.string) + (side == "后"), name)
            merged = {other: merged[other] for other in order}
        return merged

    def _refuse(self, place: Place, message: str, hint: str) -> None:
        self.report(Finding("R203", "form-inheritance", Severity.ERROR, place, message, hint=hint))


def find_doubled(tree: Traced) -> Iterator[Finding]:
    """Yield named things that stand twice in one list of a file."""
    for part in walk(tree):
        seen: set[str] = set()
        for item in part.value if isinstance(part.value, tuple) else ():
            name = item.text("名称")
            if name and name in seen:
                message, hint = f"同一个清单里有两个「{name}」", "删去一个，或改名"
                place = item.place_of("名称")
                yield Finding("R224", "form-name-twice", Severity.ERROR, place, message, hint=hint)
            seen.add(name)


def expand_names(tree: Traced) -> Traced:
    """Return the tree with every short name of 栏 and 行 written out as {名称: X}."""
    if isinstance(tree.value, tuple):
        return replace(tree, value=tuple(expand_names(item) for item in tree.value))
    if not isinstance(tree.value, dict):
        return tree
    inner: dict[str, Traced] = {}
    for key, item in tree.value.items():
        expanded = expand_names(item)
        if key in _SHORT:
            whole = expanded.entries.get("取代")
            if whole is not None:
                expanded = replace(expanded, value={"取代": _expand_list(whole)})
            expanded = _expand_list(expanded)
        inner[key] = expanded
    return replace(tree, value=inner)


def _expand_list(tree: Traced) -> Traced:
    if not isinstance(tree.value, tuple):
        return tree
    named = tuple(
        replace(entry, value={"名称": entry}) if isinstance(entry.value, str) else entry
        for entry in tree.value
    )
    return replace(tree, value=named)


def without_identity(tree: Traced) -> Traced:
    """Return a base without what is never inherited."""
    inner = {key: item for key, item in tree.entries.items() if key not in NEVER_INHERITED}
    return replace(tree, value=inner)


def _items(tree: Traced) -> tuple[Traced, ...]:
    return tree.value if isinstance(tree.value, tuple) else ()


def _is_named_list(tree: Traced) -> bool:
    return bool(_items(tree)) and all("名称" in item for item in _items(tree))
