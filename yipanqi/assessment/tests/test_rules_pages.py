"""Texts and page names in an exported workbook."""

import io
from fractions import Fraction

import openpyxl

from yipanqi.assessment.rules import Row, read_method, score, to_workbook


def test_a_text_that_looks_like_a_formula_stays_a_text():
    method = read_method(
        "method: =1+1\nfull: 1\nfigures: {甲: {}}\n"
        "groups: [{group: '[组]/?', items: [{item: =2+2, says: =3, full: 1, points: =甲}]}]\n"
    )
    rows = (Row(holder="=4+4", group="[组]/?", values={"甲": Fraction(1)}),)

    book = openpyxl.load_workbook(io.BytesIO(to_workbook(score(method, rows))))

    assert "组" in book.sheetnames
    formulas = {
        str(cell.value)
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert not any("+" in formula for formula in formulas)


def test_pages_with_the_same_name_are_told_apart():
    method = read_method(
        "method: 办法\nfull: 1\nfigures: {甲: {}, 乙: {is: =名次(甲)+组最大(甲)}}\n"
        "groups:\n"
        "  - {group: 指标, items: [{item: 一, says: 规定, full: 1, points: =组最大(满分*甲)+组最小(甲)}]}\n"
        "  - {group: '??', items: 指标}\n"
    )
    rows = tuple(
        Row(holder=name, group=group, values={"甲": Fraction(1)})
        for name, group in (("子", "指标"), ("丑", "??"))
    )

    book = openpyxl.load_workbook(io.BytesIO(to_workbook(score(method, rows))))

    assert book.sheetnames[:3] == ["指标", "指标2", "页"]
