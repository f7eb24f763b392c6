"""The file around the text: styles, settings, properties; and a zip that is always the same."""

import io
import zipfile
from datetime import datetime, time

from docx import Document
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE as KIND

from yipanqi.documents.papers.rules.markup import w
from yipanqi.documents.papers.rules.paper import Paper
from yipanqi.documents.papers.rules.styles import STYLES, defaults, table_style, written
from yipanqi.documents.papers.rules.text import clean

# The earliest moment a zip can name: what is in the file says when it was written, not the zip.
NO_TIME = (1980, 1, 1, 0, 0, 0)
KEPT = {KIND.STYLES, KIND.SETTINGS}
WORD = "http://schemas.microsoft.com/office/word"


def bare(paper: Paper) -> WordFile:
    """An empty file with our styles and settings and nothing of the library's template."""
    word = Document()
    _drop_template(word)
    styles = word.styles.element
    styles.clear()
    styles.extend([defaults(), *(written(style) for style in STYLES), table_style()])
    _settle(word)
    _sign(word, paper)
    return word


def _drop_template(word: WordFile) -> None:
    """Without the template's thumbnail, theme, list styles and the machine it was made on."""
    package, part = word.part.package, word.part
    for relations, kept in (
        (package.rels, {KIND.OFFICE_DOCUMENT, KIND.CORE_PROPERTIES}),
        (part.rels, KEPT),
    ):
        for key in [key for key, relation in relations.items() if relation.reltype not in kept]:
            del relations[key]


def _settle(word: WordFile) -> None:
    """Odd and even pages differ; punctuation keeps its full width; Word 2013's rules of layout."""
    settings = word.settings.element
    settings.clear()
    mode = w("compatSetting", name="compatibilityMode", uri=WORD, val=15)
    settings.extend(
        [
            w("zoom", percent=100),
            w("defaultTabStop", val=420),
            w("evenAndOddHeaders"),
            w("characterSpacingControl", val="doNotCompress"),
            w("compat", w("useFELayout"), mode),
            w("themeFontLang", val="zh-CN", eastAsia="zh-CN"),
        ]
    )


def _sign(word: WordFile, paper: Paper) -> None:
    """Who and when, from the paper itself and not from the clock."""
    moment = datetime.combine(paper.dated, time())
    properties = word.core_properties
    properties.title = clean(paper.title)[:255]
    properties.subject = clean(paper.number)[:255]
    properties.author = properties.last_modified_by = clean(paper.signed_by)[:255]
    properties.created = properties.modified = moment
    properties.language, properties.comments, properties.keywords, properties.revision = (
        "zh-CN",
        "",
        "",
        1,
    )


def packed(word: WordFile) -> bytes:
    """The bytes of the file, without the moment of packing."""
    loose, result = io.BytesIO(), io.BytesIO()
    word.save(loose)
    with (
        zipfile.ZipFile(loose) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, source.read(name))
    return result.getvalue()
