"""Invented names: investors, projects and trades that exist nowhere."""

from dataclasses import dataclass
from random import Random

from yipanqi.facts.projects.rules import CREDIT_SIGNS

FIRST = "澜砚骏沐屿璟昱穹岚汀禾珩瀚霁曜翊霖峤溯祺茗栩斐铎隽朔"
SECOND = "澄川岳舟野原帆石泽丘禾舒樾川汐垣舸宁朗铭远衡"
ORIGINS = ("县外市内", "市外省内", "市外省内", "省外", "省外", "省外", "境外")
NATURES = ("新建", "新建", "新建", "扩建", "技改")


@dataclass(frozen=True)
class Industry:
    """A trade by its name and code in the national classification, and who looks after it here."""

    name: str
    office: str
    trade: str
    made: str
    unit: str

    @property
    def products(self) -> tuple[str, ...]:
        """What such a project makes."""
        return tuple(self.made.split())


INDUSTRIES = (
    Industry("农副食品加工业 C13", "农业农村局", "食品", "马铃薯淀粉 杂粮精加工 预制菜中央厨房 油茶籽压榨", "吨"),
    Industry("食品制造业 C14", "农业农村局", "食品", "速冻面点 山泉豆制品 果蔬冻干 乳制品灌装", "吨"),
    Industry("酒、饮料和精制茶制造业 C15", "农业农村局", "饮品", "高山茶精制 果酒酿造 天然矿泉水", "吨"),
    Industry("纺织服装、服饰业 C18", "工业和信息化局", "服饰", "运动服装 校服职业装 无缝针织", "件"),
    Industry("木材加工和竹制品业 C20", "林业局", "竹木", "竹纤维餐具 户外竹地板 全屋定制板材", "件"),
    Industry("医药制造业 C27", "科学技术局", "生物", "中药饮片 植物提取物 医用敷料", "盒"),
    Industry("橡胶和塑料制品业 C29", "工业和信息化局", "新材", "可降解包装膜 汽车密封条 工程塑料粒子", "吨"),
    Industry("非金属矿物制品业 C30", "自然资源局", "新材", "石英板材 装配式建筑构件 高端碳酸钙", "吨"),
    Industry("金属制品业 C33", "工业和信息化局", "精工", "精密压铸件 光伏支架 五金锁具", "套"),
    Industry("专用设备制造业 C35", "科学技术局", "装备", "农业植保机械 自动化包装线 环保除尘设备", "台"),
    Industry("汽车制造业 C36", "工业和信息化局", "汽配", "新能源汽车线束 轻量化底盘件 汽车内饰件", "套"),
    Industry("电气机械和器材制造业 C38", "发展和改革局", "新能源", "储能电池模组 电池结构件 智能配电柜", "套"),
    Industry("计算机、通信和其他电子设备制造业 C39", "工业和信息化局", "电子", "精密连接器 柔性电路板 传感器", "件"),
    Industry("装卸搬运和仓储业 G59", "商务局", "物流", "冷链物流园 电商云仓 公铁联运中转站", ""),
    Industry("软件和信息技术服务业 I65", "科学技术局", "数科", "数据标注基地 工业互联网平台", ""),
    Industry("住宿业 H61", "文化和旅游局", "文旅", "康养度假村 精品民宿群 温泉酒店", ""),
    Industry("农业 A01", "农业农村局", "农业", "智慧蔬菜大棚 食用菌工厂 中药材种植基地", ""),
    Industry("畜牧业 A03", "农业农村局", "牧业", "肉牛标准化养殖场 蛋鸡智能养殖场", ""),
)  # fmt: skip

ENDINGS = ("项目", "项目", "建设项目", "产业化项目")
YEARLY = ("年产1万", "年产3万", "年产20万", "", "", "", "", "", "")
FORMS = ("集团有限公司", "有限公司", "科技有限公司", "实业有限公司")


@dataclass(frozen=True)
class Invented:
    """A project nobody plans: its name, who would invest, and in what."""

    name: str
    investor: str
    short: str
    industry: Industry


def invent(rng: Random, seen: set[str]) -> Invented:
    """A project whose name was not seen before."""
    while True:
        industry = rng.choice(INDUSTRIES)
        short = rng.choice(FIRST) + rng.choice(SECOND) + industry.trade
        yearly = rng.choice(YEARLY)
        much = yearly + industry.unit if yearly and industry.unit else ""
        name = short + much + rng.choice(industry.products) + rng.choice(ENDINGS)
        if name not in seen:
            seen.add(name)
            return Invented(name, short + rng.choice(FORMS), short, industry)


def credit_code(rng: Random) -> str:
    """A unified social credit code with a right last sign and a region that does not exist (999999)."""
    body = "91999999" + "".join(rng.choice(CREDIT_SIGNS) for _ in range(9))
    total = sum(CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + CREDIT_SIGNS[-total % 31]


def size_in_wan(rng: Random) -> int:
    """An investment in 万元, most of them small."""
    low, high = rng.choices(
        ((3_000, 5_000), (5_000, 10_000), (10_000, 50_000), (50_000, 120_000)),
        weights=(20, 45, 27, 8),
    )[0]
    return rng.randrange(low, high, 100)
