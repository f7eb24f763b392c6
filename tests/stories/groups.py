"""What stories of groups have in common: a group founded over the API, and what is told of it."""

from yipanqi.standing.tests.programs import sent


def founded(client, kind, name, **more):
    """The number of a group that a program founded."""
    data = {"kind": kind, "name": name, "purpose": "招商", "founded_on": "2026-02-10", **more}
    response = sent(client, "/api/groups", data)
    assert response.status_code == 201, response.content.decode()
    return response.json()["id"]


def member(client, group, **more):
    """Somebody or some unit joins it, over the page."""
    where = "units" if "unit" in more else "members"
    person = {"title": "成员", "from_on": "2026-02-10"} if where == "members" else {}
    typed = {"capacity": "head", **person, **more}
    assert client.post(f"/org/groups/{group}/{where}/", typed).status_code == 302


def told(client, kind):
    """Every group of a kind, by name."""
    items = client.get("/api/groups").json()["items"]
    return {one["name"]: one for one in items if one["kind"] == kind}
