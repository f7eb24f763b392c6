"""The functions of the formula language: one table for the parser, the manual and spreadsheets."""

from dataclasses import dataclass

MANY = 100


@dataclass(frozen=True, kw_only=True)
class Function:
    """A function: its name, how many values it takes, and the sentence in the manual."""

    name: str
    least: int
    most: int
    says: str
    example: str
    pairs: bool = False
    over_group: bool = False


_TABLE = (
    Function(
        name="MIN", least=1, most=MANY, says="取最小的一个。", example="=MIN(签约数/任务数, 1.2)"
    ),
    Function(name="MAX", least=1, most=MANY, says="取最大的一个。", example="=MAX(满分-缺报, 0)"),
    Function(name="SUM", least=1, most=MANY, says="求和。", example="=SUM(缺报, 迟报)"),
    Function(
        name="AVERAGE", least=1, most=MANY, says="求平均数。", example="=AVERAGE(签约率, 开工率)"
    ),
    Function(name="ABS", least=1, most=1, says="绝对值。", example="=ABS(完成-任务)"),
    Function(
        name="INT",
        least=1,
        most=1,
        says="向下取整：不大于它的最大整数，负数也向下，INT(-0.5) 是 -1。",
        example="=INT((完成/任务-1)/10%)",
    ),
    Function(
        name="ROUND", least=2, most=2, says="四舍五入到几位小数。", example="=ROUND(完成/任务, 4)"
    ),
    Function(
        name="ROUNDUP",
        least=2,
        most=2,
        says="进位到几位小数（离零更远）。",
        example="=ROUNDUP(值, 0)",
    ),
    Function(
        name="ROUNDDOWN",
        least=2,
        most=2,
        says="截断到几位小数（离零更近）。",
        example="=ROUNDDOWN(值, 1)",
    ),
    Function(
        name="IF",
        least=3,
        most=3,
        says="条件成立取第二个值，不成立取第三个值；没取到的那个不计算。",
        example="=IF(签约数=0, 0, 满分*开工数/签约数)",
    ),
    Function(
        name="IFS",
        least=2,
        most=MANY,
        says="一组“条件, 值”，从左到右取第一个成立的；都不成立就报问题，末尾可写 TRUE, 值 兜底。",
        example="=IFS(率>=100%,100, 率>=80%,75, TRUE,0)",
        pairs=True,
    ),
    Function(
        name="AND", least=1, most=MANY, says="条件全部成立。", example="=AND(率>=80%, 率<100%)"
    ),
    Function(
        name="OR", least=1, most=MANY, says="条件至少一个成立。", example="=OR(完成>=任务, 名优>0)"
    ),
    Function(name="NOT", least=1, most=1, says="条件不成立。", example="=NOT(完成>=任务)"),
    Function(
        name="IFERROR",
        least=2,
        most=2,
        says="第一个值算得出就取它；缺数、除数为 0 等算不出时取第二个值。",
        example="=IFERROR(开工/签约, 0)",
    ),
    Function(
        name="缺",
        least=2,
        most=2,
        says="第一个值因缺数算不出时取第二个值；除数为 0 仍然报问题。",
        example="=缺(群众满意度, 60)",
    ),
    Function(
        name="得分",
        least=1,
        most=1,
        says="一个计分项或部分的得分；计分项里只能取同组里排在前面的。",
        example="=IF(得分(签约项目)>=30, 5, 0)",
    ),
    Function(
        name="组最大",
        least=1,
        most=1,
        says="本组各单位中最大的值。",
        example="=值/组最大(值)",
        over_group=True,
    ),
    Function(
        name="组最小",
        least=1,
        most=1,
        says="本组各单位中最小的值。",
        example="=60+40*(值-组最小(值))/(组最大(值)-组最小(值))",
        over_group=True,
    ),
    Function(
        name="组平均",
        least=1,
        most=1,
        says="本组各单位的平均数。",
        example="=值-组平均(值)",
        over_group=True,
    ),
    Function(
        name="组合计",
        least=1,
        most=1,
        says="本组各单位之和。",
        example="=值/组合计(值)",
        over_group=True,
    ),
    Function(
        name="名次",
        least=1,
        most=1,
        says="本单位的值在本组从高到低排第几；并列占同一名次，下一名次跳过。",
        example="=满分-名次(值)+1",
        over_group=True,
    ),
)

FUNCTIONS = {function.name: function for function in _TABLE}
