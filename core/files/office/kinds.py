"""Which relations, content types and roots the parts of an office file may have. What is on no list is unknown and
refused by name; what is known to be dangerous has its own sentence. The last word of a relation or content type
counts, together with who coined it: both are compared without regard to capitals."""

import re

MACRO = "文件含有宏,请另存为不含宏的{ending}格式后再上传"
MACRO_SHEET = "文件含有Excel 4.0宏表(或由宏使用的名称),请把数据复制到新建的工作簿后再上传"
CONTROL = "文件含有ActiveX控件,请删除控件后再上传"
EMBEDDED = "文件内嵌了其他文件,请删除内嵌对象后再上传"
LINKED = "文件含有指向其他文件的链接,请用“数据-编辑链接-断开链接”后再上传"
PIVOT = "文件含有数据透视表,其缓存可能带出未显示的数据;请把结果粘贴为数值后再上传"
CONNECTION = "文件含有数据连接(从网页、数据库或其他文件取数),请在“数据-查询和连接”中删除后再上传"
REAL_TIME = "文件含有实时数据公式,请把结果粘贴为数值后再上传"
RIBBON = "文件含有自定义功能区或工具栏,请把内容复制到新建的{name}后再上传"
ADD_IN = "文件含有加载项(任务窗格),请删除后再上传"
MEDIA = "文件含有视频、音频或三维模型,请删除后再上传"

_DANGEROUS = tuple(
    (re.compile(pattern, re.IGNORECASE), message)
    for pattern, message in (
        (r"vba(project|data|suppdata)|macroEnabled|jsaProject|jsMacro|attachedToolbars|keyMapCustomizations", MACRO),
        (r"macrosheet|dialogsheet", MACRO_SHEET),
        (r"activeX|[/.]control(\+xml)?$", CONTROL),
        (r"oleObject|aFChunk|[/.]package$|embeddedObject", EMBEDDED),
        (r"externalLink", LINKED),
        (r"pivot|slicerCache|timeline|powerPivot|dataModel", PIVOT),
        (r"connections|queryTable|xmlMaps|customDataProperties", CONNECTION),
        (r"volatileDependencies", REAL_TIME),
        (r"ui/(extensibility|userCustomization)|customUI", RIBBON),
        (r"webextension|taskpane", ADD_IN),
        (r"[/.](video|audio|media|model3d)$|^(video|audio|model)/", MEDIA),
    )
)
_DANGEROUS_ROOTS = {
    **dict.fromkeys(("vbaSuppData",), MACRO),
    **dict.fromkeys(("macrosheet", "dialogsheet"), MACRO_SHEET),
    "ocx": CONTROL,
    "externalLink": LINKED,
    **dict.fromkeys(("pivotCacheDefinition", "pivotCacheRecords", "pivotTableDefinition"), PIVOT),
    **dict.fromkeys(("connections", "queryTable", "MapInfo"), CONNECTION),
    "volTypes": REAL_TIME,
    "customUI": RIBBON,
    **dict.fromkeys(("webextension", "taskpanes"), ADD_IN),
}
_COINED_BY = re.compile(
    r"https?://(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml|schemas\.microsoft\.com/office"
    r"|customschemas\.google\.com|schemas\.libreoffice\.org)/(?:.*/)?([^/]+)",
    re.IGNORECASE,
)
_WPS = re.compile(r"https?://(?:www|web)\.wps\.cn/", re.IGNORECASE)
# fmt: off
_RELATIONS = frozenset((
    "officedocument", "extended-properties", "extendedproperties", "custom-properties", "customproperties",
    "core-properties", "coreproperties", "thumbnail", "theme", "themeoverride", "styles", "styleswitheffects",
    "settings", "websettings", "fonttable", "font", "numbering", "footnotes", "endnotes", "header", "footer",
    "comments", "commentsextended", "commentsids", "commentsextensible", "people", "person", "threadedcomment",
    "documenttasks", "glossarydocument", "image", "hdphoto", "hyperlink", "customxml", "customxmlprops", "chart",
    "chartex", "chartstyle", "chartcolorstyle", "chartusershapes", "diagramdata", "diagramlayout",
    "diagramquickstyle", "diagramstyle", "diagramcolors", "diagramdrawing", "drawing", "vmldrawing",
    "legacydiagramtext", "worksheet", "chartsheet", "sharedstrings", "calcchain", "table", "tablesinglecells",
    "printersettings", "sheetmetadata", "metadata", "revisionheaders", "revisionlog", "usernames", "ctrlprop",
    "slicer", "namedsheetview", "classificationlabels", "rdrichvalue", "rdrichvaluestructure", "rdrichvaluetypes",
    "richvaluerel", "rdarray", "featurepropertybag", "rdsupportingpropertybag", "rdsupportingpropertybagstructure",
    "richstyles", "workbookmetadata", "origin", "signature", "certificate", "attachedtemplate", "recipientdata",
    "ink", "intelligence", "documenttask",
))
# fmt: on
_TYPES = re.compile(
    r"(?:image/[\w.+-]+|(?:application|text)/xml|application/(?:binary|inkml\+xml|x-font(?:data|-ttf))"
    r"|font/[\w.+-]+|application/vnd\.openxmlformats-package\.[\w.-]+(?:\+xml)?"
    r"|application/vnd\.wps-officedocument\.\w+\+xml"
    r"|application/vnd\.openxmlformats-officedocument\.(?:vmldrawing|obfuscatedfont|theme\+xml|themeoverride\+xml"
    r"|drawing\+xml|drawingml\.\w+\+xml|extended-properties\+xml|custom-properties\+xml|customxmlproperties\+xml"
    r"|(?:spreadsheetml|wordprocessingml)\.(?:printersettings|(?:sheet\.main|document\.main|document\.glossary"
    r"|worksheet|chartsheet|styles|sharedstrings|calcchain|comments|table|tablesinglecells|sheetmetadata"
    r"|revisionheaders|revisionlog|usernames|settings|websettings|fonttable|numbering|footnotes|endnotes|header|footer"
    r"|commentsextended|commentsids|commentsextensible|people)\+xml))"
    r"|application/vnd\.ms-(?:word|excel|office)\.(?:chartstyle|chartcolorstyle|chartex|drawingml\.diagramdrawing"
    r"|threadedcomments|person|controlproperties|namedsheetviews|slicer|rdrichvalue|rdrichvaluestructure"
    r"|rdrichvaluetypes|rdarray|rdsupportingpropertybag|rdsupportingpropertybagstructure|richvaluerel|richstyles"
    r"|featurepropertybag|classificationlabels|styleswitheffects|documenttasks|intelligence2)\+xml)",
    re.IGNORECASE,
)


def dangerous(kind: str) -> str:
    """The sentence for a relation's or content type's name that is known to be dangerous, or ''."""
    return next((message for pattern, message in _DANGEROUS if pattern.search(kind)), "")


def dangerous_root(name: str) -> str:
    """The sentence for a part whose first element gives it away, whatever it is called, or ''."""
    return _DANGEROUS_ROOTS.get(name, "")


def relation_name(kind: str) -> str:
    """The last word of a relation that we know, in small letters; '' for an unknown one."""
    coined = _COINED_BY.fullmatch(kind)
    if coined and coined[1].casefold() in _RELATIONS:
        return coined[1].casefold()
    # What WPS keeps for itself is XML that means nothing to others (pictures in cells, its own storage); what of it is
    # dangerous was named before.
    return "own" if _WPS.match(kind) else ""


def is_known_type(kind: str) -> bool:
    return _TYPES.fullmatch(kind) is not None
