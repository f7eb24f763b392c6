"""Formulas as in Excel over Chinese names: read, computed exactly, told, written for a spreadsheet."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yipanqi.assessment.rules.evaluating import Group, Missing, evaluate, holds, value_or_problems
from yipanqi.assessment.rules.explaining import Piece, explain, said
from yipanqi.assessment.rules.functions import FUNCTIONS
from yipanqi.assessment.rules.nodes import Name, Node, names_in
from yipanqi.assessment.rules.parsing import parse
from yipanqi.assessment.rules.spreadsheet import to_excel
from yipanqi.core.problems import Refused

FIGURES = {
    "满分": Fraction(30),
    "签约数": Fraction(3),
    "任务数": Fraction(4),
    "完成": Fraction(11),
    "任务": Fraction(10),
    "率": Fraction(85, 100),
    "值": Fraction(7),
    "零": Fraction(0),
    "≥1亿元签约数": Fraction(2),
    "没报": None,
}
GROUP = Group({"甲": FIGURES, "乙": {"值": Fraction(2)}, "丙": {"值": Fraction(12)}})


@pytest.mark.parametrize(
    ("formula", "worth"),
    [
        ("=满分*MIN(签约数/任务数, 1.2)", "22.5"),
        ("=满分+INT((完成/任务-1)/10%)*1", "31"),
        ("=IFS(率>=100%,100, 率>=80%,75, TRUE,0)", "75"),
        ("=60+40*(值-组最小(值))/(组最大(值)-组最小(值))", "80"),
        ("＝满分＊ＭＩＮ（签约数÷任务数，１．２）", "22.5"),
        ("满分×[≥1亿元签约数]", "60"),
        ("=IF(率≥80％, 1, 0)", "1"),
        ("=IF(率≤80%, 1, 0)", "0"),
        ("=率≠1", "1"),
        ("=-2^2", "4"),
        ("=2^3^2", "64"),
        ("=2^-1", "0.5"),
        ("=+1-1-1", "-1"),
        ("=8/2/2", "2"),
        ("=1+2*3", "7"),
        ("=(1+2)*3", "9"),
        ("=.5+1.", "1.5"),
        ("=50%%", "0.005"),
        ("=INT(-0.5)", "-1"),
        ("=ROUND(2.675,2)", "2.68"),
        ("=ROUND(-2.5,0)", "-3"),
        ("=ROUND(1250,-2)", "1300"),
        ("=ROUNDUP(1.21,1)", "1.3"),
        ("=ROUNDUP(-1.21,1)", "-1.3"),
        ("=ROUNDDOWN(-1.29,1)", "-1.2"),
        ("=ABS(-3)", "3"),
        ("=MAX(1,3,2)", "3"),
        ("=SUM(1,2,3)", "6"),
        ("=AVERAGE(1,2)", "1.5"),
        ("=AND(1<2, 2=2)", "1"),
        ("=OR(1>2, 2<>2)", "0"),
        ("=NOT(1<=2)", "0"),
        ("=TRUE+false", "1"),
        ("=IF(零=0, 0, 1/零)", "0"),
        ("=IF(零, 1/零, 5)", "5"),
        ("=IFS(零=1, 1/零, TRUE, 6)", "6"),
        ("=IFERROR(1/零, 9)", "9"),
        ("=IFERROR(没报, 9)", "9"),
        ("=IFERROR(1, 1/零)", "1"),
        ("=缺(没报, 8)", "8"),
        ("=缺(值, 8)", "7"),
        ("=缺(IFS(零=1, 1), 4)", "4"),
        ("=组平均(值)", "7"),
        ("=组合计(值*2)", "42"),
        ("=名次(值)", "2"),
        ("=名次(-值)", "2"),
    ],
)
def test_a_formula_has_its_exact_value(formula, worth):
    assert evaluate(parse(formula), FIGURES, GROUP) == Fraction(worth)


@pytest.mark.parametrize(
    ("formula", "where", "text"),
    [
        ("=签约数+没有", "公式第 6 个字", "缺“没有”"),
        ("=没报*2", "公式第 2 个字", "缺“没报”。请补报这个数"),
        ("=签约数/零", "公式第 5 个字", "除数“零”是 0。请核对"),
        ("=签约数/(值-7)", "公式第 5 个字", "除数是 0。请核对"),
        ("=缺(1/零, 0)", "公式第 5 个字", "除数“零”是 0"),
        ("=IFS(零=1, 1)", "公式第 2 个字", "IFS 的条件一个也不成立"),
        ("=2^0.5", "公式第 3 个字", "整数次"),
        ("=2^65", "公式第 3 个字", "整数次"),
        ("=零^零", "公式第 3 个字", "正整数次方"),
        ("=(((10^60)^60)^60)", "公式第 15 个字", "太大"),
        ("=ROUND(1, 0.5)", "公式第 2 个字", "小数位数"),
        ("=ROUND(1, 99)", "公式第 2 个字", "小数位数"),
        ("=组最大(没报)", "公式第 6 个字", "同组的甲缺“没报”"),
    ],
)
def test_a_formula_without_a_value_says_why_and_where(formula, where, text):
    value, problems = value_or_problems(parse(formula), FIGURES, GROUP)

    assert value is None
    assert problems[0].where == where
    assert text in problems[0].text


def test_a_group_function_needs_a_group_and_fails_alike_each_time():
    with pytest.raises(Refused, match="这里没有“组”"):
        evaluate(parse("=组最大(值)"), FIGURES)
    for _ in range(2):
        with pytest.raises(Missing, match="同组的乙缺“率”"):
            evaluate(parse("=组最大(率)"), FIGURES, GROUP)


def test_a_figure_that_could_not_be_computed_tells_the_first_reason():
    _, problems = value_or_problems(parse("=1/零"), FIGURES)
    figures = {**FIGURES, "算不出的率": Refused(problems)}

    with pytest.raises(Refused, match="“算不出的率”算不出：除数“零”是 0"):
        evaluate(parse("=算不出的率*2"), figures)
    with pytest.raises(Refused, match="除数"):
        evaluate(parse("=缺(算不出的率, 0)"), figures)


def test_a_condition_holds_or_not():
    assert holds(parse("=签约数<任务数"), FIGURES)
    assert not holds(parse("=签约数>=任务数"), FIGURES)


@pytest.mark.parametrize(
    ("formula", "where", "text"),
    [
        ("", "公式第 1 个字", "公式没有写完。"),
        ("=MIN(1, 2", "公式第 9 个字", "缺 1 个右括号"),
        ("=1+", "公式第 3 个字", "没有写完"),
        ("=签约 数", "公式第 5 个字", "读到“数”就读不通了"),
        ("=1\n+2)", "公式第 2 行第 3 个字", "读到“)”就读不通了"),
        ('=IF(1>2,"是",0)', "公式第 9 个字", "不能写文字"),
        ("=[签约", "公式第 2 个字", "方括号没有配成对"),
        ("=签约&开工", "公式第 4 个字", "“&”不能用在公式里"),
        ("=MINN(1)", "公式第 2 个字", "没有函数“MINN”。是不是 “MIN”"),
        ("=QQQ(1)", "公式第 2 个字", "没有函数“QQQ”。可用的函数：MIN"),
        ("=ABS(1,2)", "公式第 2 个字", "ABS 要 1 个值，这里有 2 个"),
        ("=MIN()", "公式第 2 个字", "MIN 要至少 1 个值，这里有 0 个"),
        ("=IFS(1,2,3)", "公式第 2 个字", "成对"),
        ("=80%<=率<100%", "公式第 8 个字", "比较不能连写"),
        ("=组最大(组最小(值))", "公式第 2 个字", "里不能再用"),
        ("=" + "1" * 2001, "公式", "最多 2000 个"),
        ("=" + "(" * 60 + "1" + ")" * 60, "公式", "超过 50 层"),
        ("=" + "-" * 1900 + "1", "公式", "超过 50 层"),
    ],
)
def test_a_formula_that_cannot_be_read_is_refused_with_the_spot_and_a_remedy(formula, where, text):
    with pytest.raises(Refused) as refused:
        parse(formula)

    assert refused.value.problems[0].where == where
    assert text in refused.value.problems[0].text


@given(
    st.text(alphabet='满分签约率组最大名次缺IF ANDMIN0123.%()（），,=<>≥+-*/^[]×"&\n', max_size=60)
    | st.text()
)
@settings(deadline=None, max_examples=200)
def test_any_text_is_a_formula_or_is_refused_and_nothing_else_happens(text):
    with suppress(Refused):
        tree = parse(text)
        value_or_problems(tree, FIGURES, GROUP)
        assert said(explain(tree, FIGURES, GROUP))
        assert to_excel(tree, Letters())


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("=满分*MIN(签约数/任务数, 1.2)", "满分 30 × MIN(3 ÷ 4, 1.2)"),
        ("=IF(率>=80%, -1, TRUE)", "IF(0.85 ≥ 80%, -1, TRUE)"),
        ("=(值-组最小(值))^2", "(7 - 组最小 2)^2"),
        ("=名次(值)+组最大(没报)", "名次 2 + 组最大 缺"),
        ("=组平均(值*2)", "组平均 14"),
        ("=缺(没报, FALSE)", "缺(没报（缺）, FALSE)"),
    ],
)
def test_a_formula_is_told_with_its_figures_in_place(formula, told):
    assert said(explain(parse(formula), FIGURES, GROUP)) == told


def test_each_figure_of_an_explanation_can_be_opened():
    pieces = explain(parse("=满分*签约数/100"), FIGURES)

    assert pieces == (
        Piece("满分 30", "满分", Fraction(30)),
        Piece(" × "),
        Piece("3", "签约数", Fraction(3)),
        Piece(" ÷ 100"),
    )


class Letters:
    """Cells that are named like their figures."""

    def cell(self, name: str) -> str:
        return name

    def group_range(self, node: Node) -> str:
        return f"{node.name}列" if isinstance(node, Name) else "辅助列"


@pytest.mark.parametrize(
    ("formula", "excel"),
    [
        ("=满分*MIN(签约数/任务数, 120%)", "满分*MIN(签约数/任务数,120%)"),
        ("=INT((甲/乙-1)/10%)", "INT(ROUND((甲/乙-1)/10%,9))"),
        ("=IFS(率>=100%,100,TRUE,0)", "_xlfn.IFS(ROUND(率,9)>=ROUND(100%,9),100,TRUE,0)"),
        ("=IF(率, 1, 2)", "IF(ROUND(率,9)<>0,1,2)"),
        ("=IF(AND(甲>1,乙),1,0)", "IF(AND(ROUND(甲,9)>1,ROUND(乙,9)<>0),1,0)"),
        ("=IF(TRUE, 1, NOT(甲>1))", "N(IF(TRUE,1,NOT(ROUND(甲,9)>1)))"),
        ("=缺(甲, 0)", "_xlfn.IFNA(甲,0)"),
        ("=IFERROR(甲/乙, -1)", "IFERROR(甲/乙,-1)"),
        ("=ROUND(甲,2)", "ROUND(ROUND(甲,9),2)"),
        ("=甲>乙", "N(ROUND(甲,9)>ROUND(乙,9))"),
        ("=TRUE", "N(TRUE)"),
        ("=IF(甲>1,甲>2,0)", "N(IF(ROUND(甲,9)>1,ROUND(甲,9)>2,0))"),
        ("=SUM(甲>1,2)", "SUM(N(ROUND(甲,9)>1),2)"),
        ("=组最大(甲)+组平均(甲*2)", "MAX(甲列)+AVERAGE(辅助列)"),
        ("=名次(甲)", "(SUMPRODUCT(--(ROUND(甲列,9)>ROUND(甲,9)))+1)"),
    ],
)
def test_a_formula_is_written_for_a_spreadsheet(formula, excel):
    assert to_excel(parse(formula), Letters()) == excel


def test_each_function_has_an_example_that_can_be_read():
    for function in FUNCTIONS.values():
        tree = parse(function.example)
        assert function.name in function.example
        assert list(names_in(tree))


amounts = st.integers(0, 10**9).map(lambda fen: Fraction(fen, 100))
tasks = st.integers(1, 10**9).map(lambda fen: Fraction(fen, 100))
CAPPED = parse("=满分*MIN(完成/任务, 1.2)")
STEPS = parse("=MIN(满分+INT((完成/任务-1)/10%)*1, 满分+5)")
BANDS = parse("=IFS(完成/任务>=100%,100, 完成/任务>=80%,75, TRUE,0)")


@given(done=amounts, more=amounts, task=tasks)
@settings(deadline=None, max_examples=150)
@pytest.mark.parametrize("tree", [CAPPED, STEPS, BANDS])
def test_doing_more_never_scores_less(tree, done, more, task):
    figures = {"满分": Fraction(30), "任务": task}

    less = evaluate(tree, {**figures, "完成": done})
    best = evaluate(tree, {**figures, "完成": done + more})

    assert less <= best
