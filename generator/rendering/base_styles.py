"""The styles of an official document (GB/T 9704-2012), as WordprocessingML."""

from msgspec import Struct

from generator.rendering.xml_tree import W

LATIN = "Times New Roman"
FANGSONG, KAITI, HEITI = "仿宋_GB2312", "楷体_GB2312", "黑体"
SONGTI, TITLE = "宋体", "方正小标宋简体"
# 22 lines of 28.8 pt fill 633.6 of the 637.8 pt (225 mm) of a page; 29 pt give 21 lines.
LINE = 576  # twentieths of a point
BODY = 32  # half-points: 三号
TABLE, TABLE_LINE = 18, 240  # 小五 on 12 pt
LONG = 21  # 五号: long text in a cell
# 156 mm hold 28 characters only when type is drawn together by 0.3 pt: twentieths of a point.
TIGHT = -6
ALTERNATIVES = {  # what Word takes on a machine without the font of the standard
    FANGSONG: "仿宋",
    KAITI: "楷体",
    HEITI: "SimHei",
    SONGTI: "SimSun",
    TITLE: "方正小标宋_GBK",
}


class Style(Struct, frozen=True):
    """One paragraph style; lengths in twentieths of a point, sizes in half-points."""

    name: str
    identifier: str
    font: str
    size: int
    alignment: str = ""
    line: int = 0  # exact; 0 is single
    first_characters: int = 0  # first-line indent
    left_characters: int = 0
    right_characters: int = 0
    hanging_characters: int = 0
    padding: int = 0  # on both sides, in a cell
    before: int = 0
    after: int = 0
    level: int = -1  # outline level of a heading
    is_bold: bool = False
    is_hidden: bool = False
    is_on_new_page: bool = False
    keeps_next: bool = False
    keeps_lines: bool = False
    has_widows: bool = True  # a page may begin or end with one line of a paragraph
    follower: str = ""  # style of the next paragraph typed

    def to_xml(self) -> str:
        """Return the `w:style` element."""
        is_normal = self.identifier == "Normal"
        kind = "" if self.level >= 0 or self.identifier in _BUILT_IN else ' w:customStyle="1"'
        default = ' w:default="1"' if is_normal else ""
        return (
            f'<w:style w:type="paragraph"{default}{kind} w:styleId="{self.identifier}">'
            f"{_value('name', self.name)}"
            f"{'' if is_normal else _value('basedOn', 'Normal')}"
            f"{_value('next', self.follower) if self.follower else ''}"
            '<w:uiPriority w:val="1"/><w:qFormat/>'
            f"<w:pPr>{self._paragraph()}</w:pPr><w:rPr>{self._type()}</w:rPr></w:style>"
        )

    def _paragraph(self) -> str:
        spacing = f'w:before="{self.before}" w:after="{self.after}" w:line="{self.line or 240}"'
        rule = "exact" if self.line else "auto"
        return "".join(
            (
                "<w:keepNext/><w:keepLines/>" if self.level >= 0 else "",
                "<w:keepNext/>" if self.keeps_next else "",
                "<w:keepLines/>" if self.keeps_lines else "",
                "<w:pageBreakBefore/>" if self.is_on_new_page else "",
                f'<w:widowControl w:val="{int(not self.has_widows)}"/>',
                # With the grid on, each 9-pt line of a table takes a grid line of 29 pt. Not in
                # Normal, which every style of a clerk's own would inherit.
                "" if self.identifier == "Normal" else '<w:snapToGrid w:val="0"/>',
                f'<w:spacing {spacing} w:lineRule="{rule}"/>',
                self._indent(),
                _value("jc", self.alignment) if self.alignment else "",
                _value("outlineLvl", str(self.level)) if self.level >= 0 else "",
            )
        )

    def _indent(self) -> str:
        """Indent in characters, with the same in points for programs that do not know them."""
        sides = (
            ("left", self.left_characters),
            ("right", self.right_characters),
            ("firstLine", self.first_characters),
            ("hanging", self.hanging_characters),
        )
        values = "".join(
            f' w:{side}Chars="{count * 100}" w:{side}="{count * self.size * 10}"'
            for side, count in sides
            if count
        )
        if self.padding:
            values = f' w:left="{self.padding}" w:right="{self.padding}"{values}'
        return f"<w:ind{values}/>" if values else ""

    def _type(self) -> str:
        bold = "<w:b/><w:bCs/>" if self.is_bold else ""
        tight = _value("spacing", str(TIGHT)) if self.size == BODY and self.line else ""
        hidden = "<w:vanish/>" if self.is_hidden else ""
        return f"{fonts_xml(self.font)}{bold}{hidden}{tight}{_sizes(self.size)}"


_BUILT_IN = ("Normal", "CommentText")


def _value(name: str, value: str) -> str:
    return f'<w:{name} w:val="{value}"/>'


def _sizes(size: int) -> str:
    return _value("sz", str(size)) + _value("szCs", str(size))


def fonts_xml(font: str) -> str:
    """Return `w:rFonts` with every name set outright: a theme font would win over names.

    The hint says that quotes and dashes, which both fonts have, are Chinese.
    """
    names = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}" w:cs="{LATIN}"'
    return f'<w:rFonts w:hint="eastAsia" {names}/>'


def _heading(level: int, font: str) -> Style:
    return Style(
        f"heading {level}",
        f"Heading{level}",
        font,
        BODY,
        line=LINE,
        first_characters=2,
        level=level - 1,
        follower="OfficialBody",
    )


def _listed(name: str, id: str, left: int, hanging: int, before: int = 0) -> Style:
    return Style(
        name,
        id,
        FANGSONG,
        BODY,
        "left",
        LINE,
        left_characters=left,
        hanging_characters=hanging,
        before=before,
    )


STYLES = (
    Style("Normal", "Normal", FANGSONG, BODY),
    _heading(1, HEITI),
    _heading(2, KAITI),
    _heading(3, FANGSONG),
    _heading(4, FANGSONG),
    Style("公文标题", "OfficialTitle", TITLE, 44, "center", 680, after=LINE, keeps_next=True),
    Style("公文标题下有副题", "OfficialMainTitle", TITLE, 44, "center", 680, keeps_next=True),
    Style("公文副标题", "OfficialSubtitle", KAITI, BODY, "center", LINE, after=LINE),
    Style("公文正文", "OfficialBody", FANGSONG, BODY, "both", LINE, first_characters=2),
    Style("公文落款", "OfficialSignature", FANGSONG, BODY, "right", LINE, right_characters=4),
    _listed("附件说明", "AttachmentList", 5, 3, LINE),
    _listed("附件说明编号", "AttachmentFirst", 6, 4, LINE),
    _listed("附件说明续", "AttachmentNext", 6, 1),
    Style("附件标记", "AttachmentMark", HEITI, BODY, "left", LINE, is_on_new_page=True),
    Style("表标题", "TableTitle", TITLE, 36, "center", 560, after=100, keeps_next=True),
    Style("表年度", "TableYear", FANGSONG, 24, "center", 400, after=80, keeps_next=True),
    Style("表单位", "TableUnit", SONGTI, TABLE, "left", TABLE_LINE, after=60, keeps_next=True),
    Style("表头", "TableHead", SONGTI, TABLE, "center", TABLE_LINE, is_bold=True),
    Style("表文", "TableText", SONGTI, TABLE, "center", TABLE_LINE),
    Style("表文左", "TableTextLeft", SONGTI, TABLE, "left", TABLE_LINE, padding=40),
    Style("表文右", "TableTextRight", SONGTI, TABLE, "right", TABLE_LINE, padding=40),
    Style(
        "表文段",
        "TableTextBlock",
        SONGTI,
        TABLE,
        "both",
        TABLE_LINE,
        first_characters=2,
        padding=40,
        has_widows=False,
    ),
    Style("表长文头", "TableLongHead", SONGTI, LONG, "center", 330, is_bold=True),
    Style(
        "表长文",
        "TableLongText",
        SONGTI,
        LONG,
        "both",
        320,
        first_characters=2,
        padding=60,
        has_widows=False,
    ),
    Style(
        "表说明",
        "TableRemark",
        SONGTI,
        TABLE,
        "left",
        270,
        left_characters=6,
        hanging_characters=6,
        keeps_lines=True,
        has_widows=False,
    ),
    Style(
        "表备注",
        "TableNote",
        SONGTI,
        TABLE,
        "left",
        260,
        left_characters=4,
        hanging_characters=4,
        keeps_next=True,
    ),
    Style("表落款", "TableSignature", SONGTI, TABLE, "left", TABLE_LINE, before=120, padding=40),
    # Hidden, so that two tables touch and each keeps its lines where a page ends between them.
    Style("表间", "TableSeam", SONGTI, 2, "left", 20, is_hidden=True, keeps_next=True),
    Style("表隔", "TableGap", SONGTI, 2, "left", 160, keeps_next=True),
    Style("图表题", "Caption", HEITI, 24, "center", keeps_next=True),
    Style("图", "Figure", FANGSONG, BODY, "center", keeps_next=True),
    Style("页码单", "PageNumberOdd", SONGTI, 28, "right", right_characters=1),
    Style("页码双", "PageNumberEven", SONGTI, 28, "left", left_characters=1),
    Style("annotation text", "CommentText", SONGTI, 21, "left"),
)
_MORE = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="character" w:styleId="CommentReference">'
    '<w:name w:val="annotation reference"/><w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr>'
    "</w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES
)
_GRID = (
    '<w:style w:type="table" w:customStyle="1" w:styleId="OfficialTable">'
    '<w:name w:val="公文表格"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="1"/>'
    f"<w:qFormat/><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblCellMar>"
    '<w:top w:w="20" w:type="dxa"/><w:left w:w="40" w:type="dxa"/>'
    '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
)


def styles_xml() -> str:
    """Return the whole of `w:styles`: these styles, and nothing that a program left behind."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts_xml(FANGSONG)}{_sizes(BODY)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"'
        ' w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376"/>'
    )
    styles = "".join(style.to_xml() for style in STYLES)
    return f'<w:styles xmlns:w="{W}">{defaults}{styles}{_MORE}{_GRID}</w:styles>'


def fonts_table_xml() -> str:
    """Return `w:fonts`: what may stand in for a font that a machine does not have."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    latin = (
        f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font>'
    )
    return f'<w:fonts xmlns:w="{W}">{fonts}{latin}</w:fonts>'
