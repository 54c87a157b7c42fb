"""The README.md of a new form package: what is in the folder, what is still to be written down."""

from generator.reading.new_package import template_names
from generator.reading.package import Package

_TEXT = """\
# {form_id}：{title}

（写明：适用的地区和年度；这张表出自哪份文件。）{base}

怎样改 YAML，见 [docs/制作表式.md](../../docs/制作表式.md)；\
怎样改 Word，见 [docs/编辑模板.md](../../docs/编辑模板.md)。

## 文件夹里有什么

| 文件 | 内容 |
|---|---|
| `form.yaml` | 空表上印的：字段、资金、指标表、提纲 |
{rubric}{documents}
## 待核

（列出没有对照原文件核实的规则，每条写明怎样得来、向谁核实。）
"""


def readme_text(package: Package, *, base: str) -> str:
    """Return the README of a package, with what only its maker knows left in brackets."""
    form = package.form
    documents = form.documents if form is not None else ()
    names = template_names(package.resolved)
    rows = {
        f"| `{name}` | {document.name}的模板 |\n"
        for name, document in zip(names, documents, strict=True)
    }
    link = f"以 [{base}](../{base}/README.md) 为底，没有改的都与它相同。" if base else ""
    return _TEXT.format(
        form_id=package.id,
        title=form.title if form is not None else package.id,
        base=link,
        rubric="| `rubric.yaml` | 填表说明里怎样计分 |\n" if package.rubric is not None else "",
        documents="".join(sorted(rows)),
    )
