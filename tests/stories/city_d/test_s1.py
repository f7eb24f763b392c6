"""S1: what new projects contribute: 12 made 18.3 % of new output, 28 made 50.5 %; a project's tax grew 139.9 %."""

from tests.stories.presets import board, scored, shown
from yipanqi.standing.models import Recognised


def test_twelve_new_projects_made_18_3_percent_and_28_renewals_50_5(place):
    found = scored(place, code="structure")

    def together(name):
        return sum(values[name] for values in found.sheet.values.values())

    produced = Recognised.objects.filter(node="produced", counted_on__year=2026)
    new = produced.filter(project__nature="新建").count()
    assert (
        (together("新投产数"), together("技改投产数")) == (new, produced.count() - new) == (12, 28)
    )
    assert shown(found, "区县01", "新投产贡献") == "18.3%"
    assert shown(found, "区县01", "技改贡献") == "50.5%"


def test_the_tax_of_one_project_is_76_09_million_and_139_9_percent_more(place):
    found = scored(place, code="structure")

    assert shown(found, "区县02", "龙头项目税收") == "7609"
    [row] = [r for r in board(found, "龙头项目税收同比").values() if r.holder == "区县02"]
    assert found.method.printed(row.value * 100, 1) == "139.9"
