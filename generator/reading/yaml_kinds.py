"""The C parser's words for what it refuses, and ours; its English is looked up, never shown."""

from typing import Final

from msgspec import Struct


class Kind(Struct, frozen=True):
    """One kind of refusal: words in the parser's problem (and context), and what to say."""

    problem: str
    context: str
    message: str  # <character>: what stands there
    hint: str
    code: str = "Y111"
    is_at_context: bool = False


QUOTE = "请给整个值加引号，或用 | 另起一行书写。"
ALIGN = "请用半角空格缩进，同一级的键对齐在同一列。"
KINDS: Final = (
    Kind(
        "found unexpected end of stream",
        "quoted scalar",
        "从这里开始的引号没有配对，直到文件末尾也没有找到另一半",
        "请在这段文字的末尾补上同样的半角引号。",
        is_at_context=True,
    ),
    Kind(
        "found unexpected document indicator",
        "quoted scalar",
        "从这里开始的引号没有配对，遇到了行首的 --- 或 ...",
        "请在这段文字的末尾补上同样的半角引号。",
        is_at_context=True,
    ),
    Kind(
        "unknown escape character",
        "",
        "双引号里的反斜杠后面是「<next>」，没有这种写法",
        "需要反斜杠本身时请写两个（\\\\），或改用单引号。",
    ),
    Kind(
        "hexdecimal number",
        "",
        "双引号里的反斜杠后面应为十六进制的字符编号",
        "需要反斜杠本身时请写两个（\\\\），或改用单引号。",
    ),
    Kind(
        "invalid Unicode",
        "",
        "双引号里的反斜杠写出了不存在的字符",
        "请直接键入这个字，或改用单引号。",
    ),
    Kind(
        "expected ',' or ']'",
        "",
        "从这里开始的方括号「[」没有配对，或各项之间缺半角逗号",
        "请补上「]」或半角逗号；如果是正文，请给整个值加引号。",
        is_at_context=True,
    ),
    Kind(
        "expected ',' or '}'",
        "",
        "从这里开始的花括号「{」没有配对，或各项之间缺半角逗号",
        "请补上「}」或半角逗号；如果是正文，请给整个值加引号。",
        is_at_context=True,
    ),
    Kind(
        "expected node content",
        "flow",
        "括号里这个位置应为一个值，读到的是「<character>」",
        "请核对括号和逗号；如果是正文，请给整个值加引号。",
    ),
    Kind("expected node content", "", "这个位置应为一个值，读到的是「<character>」", QUOTE),
    Kind(
        "unexpected ':'",
        "",
        "括号里的冒号后面缺一个空格",
        "请在冒号后面加一个空格；如果是时间、网址一类的正文，请加引号。",
    ),
    Kind(
        "alphabetic or numeric character",
        "alias",
        "值以「*」开头，被当作引用；数据文件不使用引用",
        "如果是正文，请给整个值加引号。",
        code="Y106",
        is_at_context=True,
    ),
    Kind(
        "alphabetic or numeric character",
        "anchor",
        "值以「&」开头，被当作锚点；数据文件不使用锚点",
        "如果是正文，请给整个值加引号。",
        code="Y106",
        is_at_context=True,
    ),
    Kind(
        "",
        "tag",
        "值以「!」开头，被当作类型标记；数据文件不使用类型标记",
        "如果是正文，请给整个值加引号。",
        code="Y106",
        is_at_context=True,
    ),
    Kind(
        "undefined tag handle",
        "",
        "值以「!」开头，被当作类型标记；数据文件不使用类型标记",
        "如果是正文，请给整个值加引号。",
        code="Y106",
    ),
    Kind(
        "",
        "directive",
        "行首的「%」被当作 YAML 指令，这条指令不认识",
        "数据文件不需要指令；请删去这一行，或给以 % 开头的值加引号。",
        is_at_context=True,
    ),
    Kind(
        "expected <document start>",
        "",
        "这一行比文件开头的行缩进少，或文件开头的值后面还有多余的内容",
        ALIGN,
    ),
    Kind(
        "block sequence entries are not allowed",
        "",
        "「- 」不能写在这里",
        "请把列表换到下一行，每项一行，以「- 」开头；如果是正文，请加引号。",
    ),
    Kind("mapping keys are not allowed", "", "「? 」不能写在这里", QUOTE),
    Kind(
        "could not find expected ':'",
        "",
        "「<rest>」后面没有冒号，没有读成键和值",
        "键的后面应为半角冒号加一个空格；如果是上一行的续行，请多缩进两格，或用 | 书写。",
        is_at_context=True,
    ),
    Kind(
        "expected '-' indicator",
        "",
        "这一行没有和列表的各项对齐，也不以「- 」开头",
        "列表的每一项以「- 」开头，对齐在同一列；列表之后的键，应与列表所属的键对齐。",
    ),
    Kind(
        "indentation indicator equal to 0",
        "",
        "「|」或「>」后面的缩进数不能是 0",
        "请只写 |，正文从下一行开始，比键多缩进两格。",
    ),
    Kind(
        "expected comment or line break",
        "block scalar",
        "「|」或「>」的同一行后面不能有正文",
        "请把正文移到下一行，比键多缩进两格；如果 | 或 > 本身是正文，请加引号。",
    ),
    Kind("cannot start any token", "", "值不能以「<character>」开头", QUOTE),
)
DASH = Kind(
    "",
    "",
    "「<rest>」的「-」后面缺一个空格，没有读成列表的一项",
    "列表的每一项以「- 」（减号加一个空格）开头；请补上空格。",
    is_at_context=True,
)
GENERAL = Kind(
    "", "", "从这里起不符合 YAML 的写法，无法读下去", "请核对本行和上一行的缩进、冒号、引号和括号。"
)
