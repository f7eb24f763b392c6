"""Chinese and English: one catalogue, complete, level with the sources; one switch."""

import pytest
from django.test import Client

from tests.messages import forms, identity, kept, messages, placeholders


def test_english_puts_in_what_the_chinese_puts_in():
    wrong = [
        identity(message)[1]
        for message in messages(kept()).values()
        for said in forms(message)
        if said and placeholders(said) != placeholders(identity(message)[1])
    ]

    assert wrong == []


def test_no_translation_is_a_guess():
    assert [key for key, message in messages(kept()).items() if message.fuzzy] == []


@pytest.mark.django_db
def test_who_is_not_signed_in_switches_the_language_and_comes_back():
    client = Client(headers={"accept-language": "zh-CN"})

    chinese = client.get("/accounts/login/?next=/projects/")
    switched = client.post("/language/", {"language": "en", "next": "/accounts/login/"})
    english = client.get("/accounts/login/")

    assert '<html lang="zh-hans">' in chinese.content.decode()
    assert "登录" in chinese.content.decode()
    assert switched.headers["Location"] == "/accounts/login/"
    assert '<html lang="en">' in english.content.decode()
    assert "Sign in" in english.content.decode()


@pytest.mark.django_db
def test_a_browser_that_asks_for_english_is_answered_in_english():
    client = Client(headers={"accept-language": "en-GB,en;q=0.9"})

    page = client.get("/accounts/login/").content.decode()

    assert "Sign in" in page
