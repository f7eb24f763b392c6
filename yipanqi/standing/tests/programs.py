"""What tests of the API need: a program that is signed in, what it sends, what it is told."""

from django.test import Client

from yipanqi.core.schemas import Problems


def as_(person):
    """A program with somebody's session."""
    client = Client()
    client.force_login(person)
    return client


def sent(client, path, data, *, key="", method="post"):
    headers = {"Idempotency-Key": key} if key else {}
    return getattr(client, method)(path, data, content_type="application/json", headers=headers)


def problems_of(response):
    """The reasons of a refusal, by where they are; every refusal has the one shape."""
    told = Problems.model_validate({"problems": response.json()["problems"]})
    return {problem.where: problem.text for problem in told.problems}
