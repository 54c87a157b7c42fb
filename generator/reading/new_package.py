"""The YAML files of a new form package: what its base says, as comments to be changed."""

from collections.abc import Iterator, Mapping
from functools import reduce
from pathlib import Path

from generator.reading.inheritance import Merger, expand_names, without_identity
from generator.reading.package import Package
from generator.reading.traced import trace
from generator.reading.yaml_source import Plain, read_yaml
from generator.reading.yaml_writing import write_entry

_MARK = "〔新表式〕"
_HEAD = "# yaml-language-server: $schema=../../schema/{}-package.schema.json"
_HOW = (
    "# 行首有“# ”的是沿用来的，照本地的表样一块一块地看：相同的不动，不同的去掉行首的“# ”再改，",
    "# 只留名称和不同的键。不要的写 {名称: X, 删除: 是}；换位置加 置于: {前: X}；整个换掉用 取代。",
)
_FORM_BLOCKS = {
    "字段": "表头、落款和其他要填的项，按表上的顺序",
    "资金": "资金的栏和行，或一个一个的项",
    "派生": "由别的数算出的数",
    "恒等式": "数与数之间应有的关系",
    "指标表": "指标的层级、分值和印出的列",
    "提纲": "自评报告的标题",
    "格式": "数怎样印",
    "备注": "印在表下的说明，照原文",
    "文档": "出哪些 Word 文档",
}
_RUBRIC_BLOCKS = {
    "总分": "由哪些部分组成",
    "执行率": "预算执行率怎样算、怎样计分",
    "取数": "哪些指标的完成值由数据里的数算出",
    "分值规则": "每个指标的分值从哪里来",
    "评分缺省": "各条评分共用的参数",
    "评分": "完成情况怎样变成得分",
    "标度": "定性指标的等次",
    "等级": "总分分几等",
    "说明": "什么情况要写说明，写在哪里",
    "检查": "检查的级别和参数",
    "汇总": "一个单位的项目怎样合成一个分",
}
_SHORT_LISTS = ("栏", "行")  # in which a plain name is short for {名称: X}
_IDENTITY = ("表式", "名称", "沿用", "依据", "适用")


def derived_files(base: Package, rubric: Plain, *, form_id: str, name: str) -> dict[str, str]:
    """Return form.yaml and rubric.yaml of a form that lies on a base."""
    files = {"form.yaml": "\n".join([*_form_lines(base, form_id, name), ""])}
    if isinstance(rubric, dict) and rubric:
        files["rubric.yaml"] = "\n".join([*_rubric_lines(base.id, rubric), ""])
    return files


def resolve_rubric(root: Path, package: Package) -> Plain:
    """Return the rubric of a package after 沿用; None when it has none."""
    names = [name for name in package.files if name.endswith("/rubric.yaml")]
    trees = [expand_names(trace(read_yaml(root / name, file=name))) for name in reversed(names)]
    merger = Merger(lambda _: None)  # the package was read before: nothing new to report
    if not trees:
        return None
    return reduce(lambda tree, over: merger.merge(without_identity(tree), over), trees).plain()


def signed_fields(resolved: Plain) -> frozenset[str]:
    """Return the fields that stand below the table."""
    fields = _items(resolved, "字段")
    return frozenset(str(field["名称"]) for field in fields if field.get("位置") == "落款")


def unscored_mark(resolved: Plain) -> str | Mapping[str, str]:
    """Return what a fund row without a score prints, one sign or one a column."""
    funds = resolved.get("资金") if isinstance(resolved, dict) else None
    mark = funds.get("不计分记") if isinstance(funds, dict) else None
    if isinstance(mark, dict):
        return {key: value if isinstance(value, str) else "" for key, value in mark.items()}
    return mark if isinstance(mark, str) else ""


def fund_labels(resolved: Plain) -> dict[str, str]:
    """Return the label of each single figure, also of those with 分列, by path."""
    funds = resolved.get("资金") if isinstance(resolved, dict) else None
    return dict(_labels(_items(funds, "项"), ""))


def derived_labels(resolved: Plain) -> dict[str, str]:
    """Return the 标签 of each 派生 that has one, by name."""
    rules = _items(resolved, "派生")
    return {str(rule["名称"]): str(rule["标签"]) for rule in rules if rule.get("标签")}


def template_names(resolved: Plain) -> tuple[str, ...]:
    """Return the file names of the Word templates."""
    return tuple(str(document["模板"]) for document in _items(resolved, "文档"))


def _labels(items: list[dict[str, Plain]], above: str) -> Iterator[tuple[str, str]]:
    for item in items:
        name = above + str(item["名称"])
        yield name, str(item.get("标签") or item["名称"])
        yield from _labels(_items(item, "分列"), f"{name}.")


def _items(tree: Plain, key: str) -> list[dict[str, Plain]]:
    found = tree.get(key) if isinstance(tree, dict) else None
    return [item for item in found or [] if isinstance(item, dict)]


def _form_lines(base: Package, form_id: str, name: str) -> Iterator[str]:
    form = base.form
    if form is None or not isinstance(base.resolved, dict):
        raise ValueError("a base that cannot be used has no new forms")
    yield _HEAD.format("form")
    yield f"# 以 {base.id} 为底的新表式：空表上印什么，写在这里。没有写的，都同 {base.id}。"
    yield from _HOW
    years: dict[str, Plain] = {"自": str(form.first_year)}
    years |= {} if form.last_year is None else {"至": str(form.last_year)}
    identity: dict[str, Plain] = {
        "表式": form_id,
        "名称": name or form.title + _MARK,
        "沿用": base.id,
    }
    for key, value in identity.items():
        yield from write_entry(key, value)
    yield from BASIS
    where: dict[str, Plain] = {"地区": "〔地区〕", "范围": form.scope, "年度": years}
    yield from (f"{line}  # 年度照本地的文件改" for line in write_entry("适用", where))
    blocks = {key: _short(v) for key, v in base.resolved.items() if key not in _IDENTITY}
    for key in sorted(blocks, key=lambda one: _rank(one, _FORM_BLOCKS)):
        yield from _comment(key, blocks[key], _FORM_BLOCKS.get(key, "沿用的内容"))


BASIS = (
    "依据:  # 填本表依据的文件；核对过原文件的，删去 待核",
    "  - {名称: 〔文件名称〕, 文号: 〔文号〕, 机关: 〔发文机关〕, 待核: 是}",
)


def _rubric_lines(base: str, rubric: dict[str, Plain]) -> Iterator[str]:
    """Yield the rubric; a file may not be empty, so that its first block stands as it is."""
    yield _HEAD.format("rubric")
    yield f"# 填表说明怎么说，写在这里；每条注明依据。没有写的，都同 {base}。"
    yield from _HOW
    first, *others = sorted(rubric, key=lambda one: _rank(one, _RUBRIC_BLOCKS))
    yield from write_entry(first, rubric[first])
    for key in others:
        yield from _comment(key, rubric[key], _RUBRIC_BLOCKS.get(key, "沿用的内容"))


def _short(value: Plain, key: str = "") -> Plain:
    """Return a block with {名称: X} written as X where a plain name is enough."""
    if isinstance(value, dict):
        is_name = key in _SHORT_LISTS and set(value) == {"名称"}
        return value["名称"] if is_name else {k: _short(v, k) for k, v in value.items()}
    return [_short(item, key) for item in value] if isinstance(value, list) else value


def _rank(key: str, order: Mapping[str, str]) -> int:
    return list(order).index(key) if key in order else len(order)


def _comment(key: str, value: Plain, what: str) -> Iterator[str]:
    """Yield a block as a comment; its heading is a comment twice and stays one."""
    yield ""
    yield f"## {key}：{what}"
    yield from (f"# {line}".rstrip() for line in write_entry(key, value))
