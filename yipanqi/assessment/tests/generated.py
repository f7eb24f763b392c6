"""Methods and figures made by chance, for what must hold of all of them."""

from fractions import Fraction
from random import Random

from yipanqi.assessment.rules import Figures, Method, Row, Sheet, read_method, score

SHEETS = 100
NAMES = ("甲", "乙", "丙")
METHOD = """
method: 生成的办法
full: 20
{rounding}
figures:
  甲: {{}}
  乙: {{}}
  丙: {{}}
  丁: {{is: "{computed}"}}
  同伴: {{holders: true}}
  同伴均分: {{mean_total_of: 同伴{weighted}}}
groups:
  - group: 一组
    items:
      - {{item: 一, says: 规定, full: 20, points: "{one}", part: 乙部}}
      - {{item: 二, says: 规定, kind: bonus, points: "{two}", at_most: =乙+30, at_least: -40}}
      - {{item: 四, says: 规定, kind: bonus, points: "{four}", part: 乙部}}
    parts:
      - {{part: 乙部, at_most: 30, at_least: =-丙}}
{leaders}
veto:
  - {{veto: 否决, says: 规定, when: "=甲=9"}}
results:
  ties: {ties}
  tie_break: {tie_break}
  grades:
    - {{grade: 甲等, when: "={grade}", groups: {together}}}
    - {{grade: '乙"等', when: "=名次<=组合计(1)/2"}}
  lists:
    - {{list: 前, first: "=ROUND(40%*组合计(1),0)", amount: "=IFS(名次=1,50,TRUE,{amount})", unit: 万元}}
    - {{list: 后, last: 2, unless: "={unless}"}}
    - {{list: 按, by: "={by}", first: 2, when: "=得分(一)>=总分/2", groups: {together}}}
    - {{list: 合, together: true, last: 3, groups: {together}}}
{boards}
"""
LEADERS = """
  - group: 二组
    items:
      - {item: 一, says: 规定, full: 20, points: "=满分*同伴均分/100"}
  - {group: 三组, items: 一组}
merge: {乡1: [区1], 寨0: [区2]}
"""
BOARDS = """
  boards:
    - {board: 合榜, by: "=甲/组合计(甲+1)+得分(一)", when: "=乙>1", together: true, decimals: 1, groups: [一组, 三组]}
    - {board: 丁榜, by: "=丁", order: low, decimals: 2, groups: [一组]}
    - {board: 甲榜, by: "=甲", decimals: 1, unit: "%", groups: [一组]}
"""
ONE_VALUE = ("ABS({})", "INT({})", "ROUND({},1)", "ROUNDUP({},0)", "ROUNDDOWN({},1)", "-{}", "{}%")
MANY_VALUES = ("MIN({},{})", "MAX({},{},3)", "SUM({},{})", "AVERAGE({},{})", "IFERROR({},{})")
BETWEEN = ("{}+{}", "{}-{}", "{}*{}", "{}/{}", "{}^2/({}+7)", "缺({},{})")
CONDITIONS = ("{}>={}", "{}<{}", "{}<>{}", "AND({}>1,{}<5)", "OR({}=2,NOT({}<3))")


def some_formula(random: Random, names: tuple[str, ...], levels: int) -> str:
    if levels == 0 or random.random() < 0.15:
        return random.choice([*names, "10%", "0.1", "2", "1.2", "组最大(甲)", "名次(乙)"])

    def part() -> str:
        return f"({some_formula(random, names, levels - 1)})"

    kind = random.randrange(7)
    if kind == 0:
        return random.choice(ONE_VALUE).format(part())
    if kind == 1:
        return random.choice(MANY_VALUES).format(part(), part())
    if kind in (2, 3):
        return random.choice(BETWEEN).format(part(), part())
    if kind == 4:
        condition = random.choice(CONDITIONS).format(part(), part())
        return f"IF({condition},{part()},{part()})"
    if kind == 5:
        return f"IFS({part()}>={part()},{part()},TRUE,{part()})"
    inner = random.choice(("甲+乙", "甲/10", "丙", "INT(乙/2)"))
    return f"{random.choice(('组最大', '组最小', '组平均', '组合计', '名次'))}({inner})"


def some_method(random: Random, *, whole: bool) -> Method:
    """A method of every kind of rule; every other one so coarse that many totals are equal."""

    def formula(names: tuple[str, ...], levels: int) -> str:
        return some_formula(random, (*NAMES, *names), levels)

    coarse = random.random() < 0.5
    return read_method(
        METHOD.format(
            rounding=random.choice(("rounding: half_up", "rounding: truncate", "decimals: 0")),
            computed="=" + formula((), 2),
            one="=IF(甲>5,10,5)" if coarse else "=" + formula(("丁", "满分"), 3),
            two="=0" if coarse else "=" + formula(("丁", "得分(一)"), 2),
            four="=0" if coarse else "=" + formula(("得分(二)", "组平均(得分(一))"), 1),
            weighted=", weighted_by: 乙" if random.random() < 0.5 else "",
            ties=random.choice(("skip", "dense", "shared")),
            tie_break=random.choice(
                ("[]", "=甲", "[=丙, =得分(一)-乙]", "[=乙, =组最大(甲+1)-丁, =丙]")
            ),
            grade=f"{formula(('总分', '得分(乙部)'), 1)}>{random.randrange(30)}",
            amount=formula(("总分", "名次"), 1),
            unless=f"{formula((), 1)}>5",
            by=formula(("得分(二)",), 1),
            together="[一组, 三组]" if whole else "[一组]",
            leaders=LEADERS if whole else "",
            boards=BOARDS if whole else "",
        )
    )


def some_figures(random: Random, *, whole: bool) -> Figures:
    """Five townships; with `whole` a leader and four units of a third group, one of them merged."""

    def value() -> Fraction | None:
        if random.random() < 0.04:
            return None
        return Fraction(
            random.choice((0, 1, 2, 3, 9, 10, 11, random.randrange(500))), random.choice((1, 1, 10))
        )

    def row(holder: str, group: str) -> Row:
        return Row(holder=holder, group=group, values={name: value() for name in NAMES})

    first = [row(f"乡{n}", "一组") for n in range(5)]
    leader = Row(
        holder="领导",
        group="二组",
        values=dict.fromkeys(NAMES, Fraction(1)),
        texts={"同伴": "乡0、乡3"},
    )
    third = [row(f"寨{n}", "三组") for n in range(3)]
    return (*first, leader, *third, row("区1", ""), row("区2", "")) if whole else tuple(first)


def generated_sheets() -> dict[str, Sheet]:
    """The same sheets every time, each with a prefix for its pages."""
    random = Random(20260722)
    return {
        f"{number}-": score(
            some_method(random, whole=number % 5 == 0), some_figures(random, whole=number % 5 == 0)
        )
        for number in range(SHEETS)
    }
