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


def _in_broken_part(document):
    paragraphs("{{ 年度", "{{ 项目名秤 }}")(document)
    _rows("{% 每行 绩效指标 %}{{ 行.名秤 }}", "{{ 行.分值+1 }}{% 合并 %}")(document)


def _broken_loop(document):
    _rows("{% 每行 绩效指标 + 1 %}{{ 行.随便 }}", "{{ 行.得分 }}{% 合并 %}")(document)
    paragraphs("文{% 完 %}")(document)


def _broken_inner_loop(document):
    opened = ("{% 每 外 于 绩效指标 %}", "{% 每 内 于 子 + 1 %}", "{{ 内.名称 }}", "{% 完 %}")
    paragraphs(*opened, "{{ 外.名称 }}", "{% 完 %}")(document)


def _head_printed_once(document):
    _by_hand(document)
    document.tables[0].cell(1, 0).paragraphs[0].runs[0].bold = None
    document.tables[0].cell(1, 0).text = "{% 每行 绩效指标 %}{{ 行.名称 }}"


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
    "行里忘了写行": _rows("{% 每行 绩效指标 %}{{ 名称 }}", "{{ 航.分值 }}"),
    "行里少了每行": _rows("{{ 行.一级指标 }}{% 合并 %}", "{{ 行.分值 }}{% 合并 %}"),
    "每行写了两次": _rows("{% 每行 绩效指标 %}{{ 行.名称 }}", "{% 每行 绩效指标 %}{{ 行.分值 }}"),
    "名称中间有空格": paragraphs("{{ 项目 名称 }}"),
    "只有一个花括号": paragraphs("名称：{项目名称}"),
    "花括号分开了": paragraphs("{ { 项目名称 } }"),
    "指令写错一个字": _rows("{% 每航 绩效指标 %}{{ 行.名称 }}{% 合并 %}", "{{ 行.分值 }}"),
    "若写错了不再说完": paragraphs("{% 如国 项目名称 %}", "有", "{% 完 %}"),
    "标签错了行里的名称也错": _in_broken_part,
    "清单读不出别处照查": _broken_loop,
    "里层清单读不出": _broken_inner_loop,
    "标签错了名称也错": paragraphs("{{ 项目名秤 }}", "{{ 年度"),
    "只有西文字体": _western_font,
    "主题字体": _theme_font,
    "格里直接设格式": _by_hand,
    "标题行不重复": _head_printed_once,
    "行会断开": _rows("{% 每行 绩效指标 %}{{ 行.名称 }}", "{{ 行.分值 }}"),
}
