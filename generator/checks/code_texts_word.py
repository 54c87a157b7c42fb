"""Codes of templates and documents."""

from generator.checks.codes import Code
from generator.findings import Severity

DOCUMENT_CODES = (
    Code("T301", "template-value", "这份数据的值不能这样填，如比大小的不是数", "核对标签与数据"),
    Code(
        "T302",
        "template-refused",
        "模板的标签写错了，用了表式里没有的名称，或不是 .docx；在填数据以前就查",
        "照提示改模板",
    ),
    Code(
        "T303",
        "template-unprinted",
        "表式里有、各模板都没有印的字段、列或正文",
        "在 Word 模板里加上标签",
        Severity.WARNING,
    ),
    Code(
        "T304",
        "attachments-unprinted",
        "数据里写了附件，而表式的模板没有印整篇报告",
        "删去附件，或在模板里加 `{% 正文 报告 %}`",
    ),
    Code(
        "T305",
        "template-font",
        "模板里只设了西文字体，或用了主题字体；只在 `lint-template` 里说",
        "选定中文字体和西文字体",
        Severity.NOTE,
    ),
    Code(
        "T306",
        "template-direct-format",
        "有标签的格里直接设了字体、字号等，没有用样式；只在 `lint-template` 里说",
        "清除格式，用样式",
        Severity.NOTE,
    ),
    Code(
        "T307",
        "template-row-split",
        "表格的行允许跨页断行；只在 `lint-template` 里说",
        "表格属性里取消“允许跨页断行”",
        Severity.NOTE,
    ),
    Code(
        "T308",
        "template-head",
        "逐行印的表格，标题行没有设为「重复标题行」；只在 `lint-template` 里说",
        "表格属性里勾选“在各页顶端以标题行形式重复出现”",
        Severity.NOTE,
    ),
    Code(
        "T309",
        "template-plain-brace",
        "花括号里的字不是标签，会照样印出来；只在 `lint-template` 里说",
        "要填值的，写成 `{{ 名称 }}`",
        Severity.NOTE,
    ),
    Code(
        "O601",
        "document-invalid",
        "生成的文档不合格，例如里面还留着花括号",
        "看提示里的文字，改数据或模板",
    ),
    Code("O602", "document-name", "两个项目的文档同名", "改其中一个项目的名称"),
    Code(
        "O603",
        "document-edited",
        "文档在 Word 里改过，没有覆盖",
        "见[更正与复核](更正与复核.md)第 6 节",
    ),
    Code(
        "O604",
        "document-unwritable",
        "文档写不下去：没有权限、磁盘已满，或正在 Word 中打开",
        "按提示处理后重新运行",
    ),
    Code(
        "O605",
        "document-outdated",
        "以前生成的文档还在，这次没有生成它",
        "不再需要的请删去",
        Severity.WARNING,
    ),
    Code(
        "O606",
        "bound-missing",
        "合订的文档没有生成，因为有的项目有错误",
        "更正那些项目后重新运行",
    ),
    Code(
        "O607",
        "pdf-failed",
        "LibreOffice 没有把文档转成 PDF；Word 文档是好的",
        "打开看看，能打开就在那里另存为 PDF",
    ),
)
