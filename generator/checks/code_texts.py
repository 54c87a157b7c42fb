"""Codes beside the checks: reading files, schemas, forms, templates, documents and waivers."""

from generator.checks.code_texts_word import DOCUMENT_CODES
from generator.checks.codes import Code, Family
from generator.findings import Severity

_WARNING = Severity.WARNING

_WAIVERS = (
    Code("W501", "waiver-rule", "没有这条规则，或它不能豁免", "照抄提示末尾方括号里的名称"),
    Code("W502", "waiver-reason", "没有写明理由", "至少 4 个字"),
    Code(
        "W503",
        "unused-waiver",
        "豁免没有用上：问题已经没有了，或 `处` 写得不对",
        "删去，或改正 `处`",
        _WARNING,
    ),
)
_READING = (
    Code("Y101", "yaml-encoding", "不是 UTF-8 编码（多半是 GBK）", "另存为 UTF-8"),
    Code(
        "Y102",
        "yaml-bom",
        "文件开头带字节顺序标记，照常读取",
        "另存为“UTF-8（无 BOM）”",
        _WARNING,
    ),
    Code("Y103", "yaml-tab", "用了制表符（Tab）", "换成半角空格"),
    Code("Y104", "yaml-fullwidth-colon", "用了全角冒号", "换成半角冒号加一个空格"),
    Code("Y105", "yaml-duplicate-key", "同一级里一个名称写了两次", "删去一处，或改正名称"),
    Code(
        "Y106",
        "yaml-anchor",
        "用了锚点、引用、类型标记（`&`、`*`、`!`、`<<`）",
        "是正文就加引号；否则删去",
    ),
    Code(
        "Y107",
        "yaml-documents",
        "一个文件里有两份（`---`），或有 `%` 开头的指令",
        "另存为一个文件",
    ),
    Code("Y108", "yaml-depth", "嵌套太深", "核对括号和缩进"),
    Code("Y109", "yaml-size", "文件太大（超过 2 MB）", "一个项目一个文件"),
    Code("Y110", "yaml-file", "文件不存在、没有权限、不是普通文件", "核对文件名和权限"),
    Code(
        "Y111",
        "yaml-syntax",
        "其他写法问题：冒号后缺空格、引号或括号不配对、没有对齐、看不见的控制字符",
        "照提示改",
    ),
    Code(
        "Y112",
        "yaml-comment-cut",
        "`#` 后面的字被当作注释丢掉了",
        "是正文就加引号；是注释就在 `#` 后加空格",
        _WARNING,
    ),
    Code("Y113", "yaml-key-characters", "名称里或行首有全角空格、看不见的字符", "删去，重新键入"),
    Code("Y114", "yaml-not-mapping", "文件是空的，或最外层不是“名称: 内容”", "参照别的项目文件"),
    Code(
        "Y115",
        "yaml-key-type",
        "名称不是一段文字；常见的是值以 `{{` 开头没有加引号",
        "加单引号，或用 `|`",
    ),
    Code(
        "Y116",
        "file-stray",
        "像是数据的文件放错了地方、改错了后缀，或名字不是 UTF-8，没有读",
        "移到单位的文件夹下",
        _WARNING,
    ),
)
_SCHEMA = (
    Code(
        "S201",
        "schema-unknown-key",
        "表式里没有这个名称。如：「数量指标」第 1 项（培训人次）里没有「完成情况」这个键。建议："
        "是不是「完成值」？",
    ),
    Code("S202", "schema-missing-key", "缺少必写的名称。如：本文件缺少「项目名称」"),
    Code(
        "S203",
        "schema-type",
        "该写文字的写成了清单，或相反。如：「产出指标」应为下一级的键，现为「x」",
    ),
    Code(
        "S204",
        "schema-value",
        "不是可选的几个值之一。如：「项目性质」填作「临时」，应为「经常性」、「一次性」之一",
    ),
    Code(
        "S205",
        "schema-pattern",
        "写法不对。如：「年度」填作「二〇二〇」，应为年度：四位数字，如 2020",
    ),
    Code(
        "S206",
        "schema-limit",
        "太短、太少，或超出范围（如豁免的理由不到 4 个字）。如：「理由」不能空着",
    ),
    Code("S207", "schema-other", "其他"),
    Code(
        "S210",
        "form-unknown",
        "没有写表式，或没有这个表式。如：没有表式「shili-projct」。建议：现有表式：shili-project",
    ),
    Code(
        "S214",
        "picture-file",
        "报告里的图片用不了：没有这个文件、不是 PNG 或 JPEG、太大、在 data 文件夹以外。"
        "如：没有图片「图/现场1.png」。建议：是不是「图/现场.png」？",
    ),
    Code(
        "S215",
        "table-cells",
        "报告里的表，一行的格数与表头的列数不同。如：表「表1」第 2 行有 3 格，表头有 4 列",
    ),
    Code(
        "S216",
        "picture-turned",
        "报告里的照片是相机转着拍的，各种程序显示的方向不一样。"
        "建议：在画图程序里打开，转正以后另存一次",
        severity=_WARNING,
    ),
)
_FORMS = (
    Code("R101", "form-unknown-key", "form.yaml、rubric.yaml、用语.yaml 里有不认识的名称"),
    Code("R102", "form-missing-key", "缺少必写的名称（沿用合并以后再看）"),
    Code("R103", "form-type", "该写文字的写成了清单，或相反"),
    Code("R104", "form-value", "不是可选的几个值之一"),
    Code("R105", "form-pattern", "写法不对，如百分比没有百分号"),
    Code("R106", "form-limit", "太短、太少"),
    Code("R107", "form-other", "其他，如几项不能同用"),
    Code(
        "R203",
        "form-inheritance",
        "沿用：要删除、取代、置于的东西在底里没有；用一个值改写了一组内容",
    ),
    Code("R204", "form-base", "沿用的表式不存在、成环，或超过三层"),
    Code("R205", "form-identity", "表式与文件夹不同名；缺少名称、依据、适用；表式里没有内容"),
    Code("R206", "template-missing", "Word 模板不存在"),
    Code(
        "R208",
        "form-formula",
        "公式写错：名称不认识、写法不对、成环、两个数重名、两种单位相加减；求和、"
        "计数用的不是列表的一列",
    ),
    Code(
        "R209",
        "form-funds",
        "资金：两个顶层行；计入、计分行的名称不认识；有分法没有计入；栏的公式用到别的行或文字栏；"
        "重名",
    ),
    Code("R210", "form-column", "列的“取”“格式”不认识"),
    Code("R211", "form-document", "文件名用到的名称不存在或不是必填；两份文档同名"),
    Code("R212", "form-outline", "同一级标题重复，或与别名重复"),
    Code("R213", "rubric-total", "总分的组成不认识；分值加起来不等于满分"),
    Code("R214", "rubric-rule", "评分、分值规则：组、二级、标度、派生不认识；缺少方法的参数"),
    Code("R215", "rubric-grades", "等级没有从高到低，或没有从 0 起"),
    Code("R216", "rubric-scale", "标度的等次没有系数或区间；区间有空当、重叠"),
    Code("R217", "rubric-explanation", "说明的“应填”没有这个地方"),
    Code("R218", "rubric-check", "“检查”里没有这条规则"),
    Code("R219", "terms-word", "用语.yaml 里一个词写在两个方向下"),
    Code("R220", "schema-stale", "表式改了，没有运行 `make schema`"),
    Code(
        "R221",
        "form-field",
        "字段：名称与程序用的重名；“项”“行”“句式”“折算”与类型不合",
    ),
    Code(
        "R222",
        "form-points",
        "指标表：下面各项的分值加不到上一级；转入的组不对；层级与写法不合",
    ),
    Code("R223", "rubric-rollup", "汇总：没有总分，或“权”不是一个数"),
    Code("R224", "form-name-twice", "同一个清单里两项同名"),
)
_Y115_EXAMPLE = (
    "例：\n\n```text\n"
    'data/2020/shili/jishu-gaizao.yaml:68:13: 错误 Y115 「{{ 指标["补助项目数"].完成值.值 }}…」'
    "以花括号开头而没有加引号，YAML 把它读成了映射，不是文字\n```"
)

FAMILIES = (
    Family("豁免本身（W）", _WAIVERS, after="这几条不能豁免，不能关闭。"),
    Family(
        "读文件（Y）",
        _READING,
        before="文件本身读不通。先改这些，别的检查才会接着做。",
        after=_Y115_EXAMPLE,
    ),
    Family(
        "与表式不合（S2）",
        _SCHEMA,
        before="文件读通了，但写的东西表式里没有，或写法不对。",
        remedy="照提示改正；可以写的名称，编辑器会列出",
    ),
    Family(
        "表式（R）",
        _FORMS,
        before=(
            "表式写错了。用这个表式的项目都不生成，请表式维护人改。"
            "说明见[制作表式](制作表式.md)第 8 节。"
        ),
        remedy="请表式维护人照提示改",
    ),
    Family(
        "模板和文档（T、O）",
        DOCUMENT_CODES,
        before=(
            "只在生成时出现。模板的见[编辑模板](编辑模板.md)第 8 节，"
            "文档的见[更正与复核](更正与复核.md)第 6 节。"
        ),
    ),
)
