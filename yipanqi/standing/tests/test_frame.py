"""Signing in and out, the frame around every page, and the pages for what goes wrong."""

from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from tests.helpers import lifted_triggers
from yipanqi.ledger.models import Head
from yipanqi.org.models import Person
from yipanqi.standing.factories import (
    NOON,
    make_claim,
    make_county,
    make_org,
    make_project,
    recognise,
)
from yipanqi.standing.shell import shell

PASSWORD = "one board, many stones"
TOO_OFTEN = "登录失败次数过多，请稍后重试。"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_guesses_yet(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def county():
    return make_county(password=PASSWORD)


def sign_in(account, password=PASSWORD, **more):
    client = Client()
    form = {"login": account, "password": password, **more}
    return client, client.post("/accounts/login/", form)


def shown_to(person, address="/projects/"):
    client = Client()
    client.force_login(person)
    return client.get(address)


def doors(person):
    return {door.label: door for _, group in shown_to(person).context["nav"] for door in group}


def test_the_right_password_opens_the_page_that_was_asked_for(county):
    _, answer = sign_in("clerk", next="/projects/?stage=signed")

    assert (answer.status_code, answer["Location"]) == (302, "/projects/?stage=signed")


def test_nobody_is_sent_to_another_site_after_signing_in(county):
    _, answer = sign_in("clerk", next="https://elsewhere.example/")

    assert answer["Location"] == "/"


def test_a_wrong_password_is_refused_in_chinese_and_keeps_the_account_typed(county):
    _, answer = sign_in("clerk", "not this one")

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "用户名或密码不正确" in text
    assert 'value="clerk"' in text
    assert "not this one" not in text


def test_after_five_guesses_the_right_password_is_refused_and_others_sign_in_freely(county):
    for _ in range(5):
        sign_in("clerk", "a guess")

    _, refused = sign_in("clerk")
    _, colleague = sign_in("chief")

    assert TOO_OFTEN in refused.content.decode()
    assert colleague.status_code == 302


def test_whoever_is_no_longer_in_use_cannot_sign_in(county):
    Person.objects.filter(username="clerk").update(is_active=False)

    client, answer = sign_in("clerk")

    assert "这个账号已经停用" in client.get(answer["Location"]).content.decode()
    assert client.get("/projects/").status_code == 302


def test_signing_out_is_asked_for_and_then_done(county):
    client, _ = sign_in("clerk")

    assert "确定退出吗" in client.get("/accounts/logout/").content.decode()
    assert client.get("/projects/").status_code == 200
    assert client.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert client.get("/projects/").status_code == 302


def test_nobody_signs_up_and_nobody_resets_a_password_by_mail(county):
    for name in ("signup", "password/reset", "email"):
        assert Client().get(f"/accounts/{name}/").status_code == 404


def test_the_front_door_is_today_for_everybody(county):
    for person in (county.clerk, county.liaison(), county.administrator):
        assert doors(person)["今日"].url == "/"
    assert not doors(county.clerk)["今日"].here


def test_the_frame_says_where_and_when_and_who(county, settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)

    text = shown_to(county.clerk).content.decode()

    assert "青禾县 · " in text
    assert "2026年11月20日" in text
    assert "时间进度 88.8%" in text
    assert "王clerk" in text
    assert "招商促进局 · 招商部门经办" in text


def test_the_navigation_shows_each_only_what_is_theirs(county):
    assert set(doors(county.clerk)) >= {"项目", "待认定", "五未", "账本"}
    assert "待认定" not in doors(county.liaison())
    assert "账本" not in doors(county.liaison())
    assert "项目" not in {
        door.label
        for _, group in shown_to(county.administrator, "/nowhere/").context["nav"]
        for door in group
    }
    assert doors(county.clerk)["项目"].here
    assert not doors(county.clerk)["五未"].here


def test_red_badges_count_what_waits_and_what_is_late_within_ones_sight(county, settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)
    late = make_project(county, unit="青山镇")
    recognise(late, on=date(2026, 5, 9))
    make_claim(make_project(county, unit="柳河镇"), "signed")

    assert doors(county.clerk)["待认定"].count == 1
    assert doors(county.verifier("统计局"))["待认定"].count == 0
    assert doors(county.clerk)["五未"].count == 1
    assert doors(county.liaison("青山镇"))["五未"].count == 1
    assert doors(county.liaison("柳河镇"))["五未"].count == 0


def test_a_way_whose_page_is_not_installed_is_left_out(county):
    bare = [
        path("projects/", HttpResponse, name="projects"),
        path("", HttpResponse, name="home"),
        path("out/", HttpResponse, name="account_logout"),
    ]

    with override_settings(ROOT_URLCONF=tuple(bare)):
        request = RequestFactory().get("/projects/")
        request.user = county.clerk
        nav = shell(request)["nav"]

    assert isinstance(nav, list)
    assert [door.label for _, group in nav for door in group] == ["今日", "项目"]


def test_a_real_ledger_shows_no_banner_of_a_demonstration(county):
    assert "演示账本" in Client().get("/accounts/login/").content.decode()
    with lifted_triggers():
        Head.objects.update(simulated=False)

    assert "演示账本" not in Client().get("/accounts/login/").content.decode()


def test_before_the_ledger_is_opened_the_sign_in_page_leads_to_where_it_is():
    with lifted_triggers():
        Head.objects.all().delete()

    assert Client().get("/accounts/login/").headers["Location"] == "/start/"


def test_a_place_without_definitions_has_a_frame_without_time_progress():
    text = shown_to(make_org().clerk).content.decode()

    assert "时间进度" not in text


def test_what_is_not_there_and_what_breaks_is_said_in_chinese(county):
    assert "没有这一页" in shown_to(county.clerk, "/nowhere/").content.decode()
    assert "没有这一页" in Client().get("/nowhere/").content.decode()
    assert "系统出错了" in render_to_string("500.html")
    assert "尝试太频繁" in render_to_string("429.html")


def test_a_form_from_another_site_is_refused_in_chinese(county):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/accounts/login/", {"login": "clerk", "password": PASSWORD})

    assert answer.status_code == 403
    assert "页面放得太久了" in answer.content.decode()


def test_pages_stay_private_and_run_no_foreign_script(county):
    answer = shown_to(county.clerk)

    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
