"""Templates with one fault each: what a hand in Word does to them."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.rendering.conftest import add_table, paragraphs, table

TITLES = ("名称", "分值")


def _rows(*texts):
    return table(TITLES, texts)


def _in_header(document):
    document.sections[0].header.paragraphs[0].text = "{{ 项目名 }}"
    document.add_paragraph("正文")


def _western_font(document):
    document.add_paragraph().add_run("{{ 项目名称 }}").font.name = "Arial"


def _theme_font(document):
    run = document.add_paragraph().add_run("说明文字")
    run.font.name = "Arial"
    run._r.rPr.find(qn("w:rFonts")).set(qn("w:eastAsiaTheme"), "minorEastAsia")


def _by_hand(document):
    made = add_table(document, (TITLES, ("{{ 项目名称 }}", "")))
    made.cell(1, 0).paragraphs[0].runs[0].bold = True
    for row in made.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


BAD = {
    "名称写错": paragraphs("项目：{{ 项目名秤 }}"),
    "算出来的名称写错": paragraphs("{{ 结果.总份 }}"),
    "资金的栏写错": paragraphs("{{ 资金.全年执行 }}"),
    "行里的名称写错": _rows("{% 每行 绩效指标 %}{{ 行.名秤 }}", "{{ 行.分值 }}"),
    "清单写错": _rows("{% 每行 绩校指标 %}{{ 行.名称 }}", "{{ 行.分值 }}"),
    "页眉里写错": _in_header,
    "没有写完": paragraphs("项目：{{ 项目名称"),
    "多出一半": paragraphs("项目：项目名称 }}"),
    "分在两段": paragraphs("项目：{{ 项目", "名称 }}"),
    "指令分在两段": paragraphs("{% 若 项目名称", "%}有{% 完 %}"),
    "分在两格": _rows("{{ 项目", "名称 }}"),
    "没有完": paragraphs("{% 若 项目名称 %}", "文"),
    "多一个完": paragraphs("文{% 完 %}"),
    "交叉": paragraphs("{% 若 项目名称 %}一", "二{% 完 %}"),
    "套错": paragraphs("{% 每 项 于 绩效指标 %}{% 若 项.名称 %}{% endfor %}{% endif %}"),
    "循环行里有别的字": _rows("{%tr for 行 in 绩效指标 %}会丢的字", ""),
    "循环外用行": paragraphs("{{ 行.名称 }}"),
    "清单当作值": paragraphs("{{ 绩效指标 }}"),
    "计算": paragraphs("{{ 资金.全年执行数 * 100 }}"),
    "调用": paragraphs("{{ 项目名称.upper() }}"),
    "包含": paragraphs("{% include “别的.docx” %}"),
    "没有这种格式": paragraphs("{{ 项目名称｜大写 }}"),
    "全角括号": paragraphs("｛｛ 项目名称 ｝｝"),
    "引号不成对": paragraphs("{{ 资金[“全年执行数] }}"),
    "不认识的指令": paragraphs("{% 如果 项目名称 %}"),
    "标签错了名称也错": paragraphs("{{ 项目名秤 }}", "{{ 年度"),
    "只有西文字体": _western_font,
    "主题字体": _theme_font,
    "格里直接设格式": _by_hand,
    "行会断开": _rows("{% 每行 绩效指标 %}{{ 行.名称 }}", "{{ 行.分值 }}"),
}
