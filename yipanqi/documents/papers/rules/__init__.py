"""Official papers in print: the layout of GB/T 9704—2012, knowing neither records nor requests."""

from yipanqi.documents.papers.rules.checks import checked
from yipanqi.documents.papers.rules.excel import to_xlsx
from yipanqi.documents.papers.rules.paper import (
    Annex,
    Block,
    Column,
    Figure,
    Heading,
    Kind,
    Paper,
    Paragraph,
    Table,
)
from yipanqi.documents.papers.rules.pdf import to_pdf
from yipanqi.documents.papers.rules.text import long_date, numeral, tidy
from yipanqi.documents.papers.rules.word import to_docx

__all__ = [
    "Annex",
    "Block",
    "Column",
    "Figure",
    "Heading",
    "Kind",
    "Paper",
    "Paragraph",
    "Table",
    "checked",
    "long_date",
    "numeral",
    "tidy",
    "to_docx",
    "to_pdf",
    "to_xlsx",
]
