"""The register, what is reported on it and what waits, for programs."""

from ninja import Router

from yipanqi.standing.api import (
    comparison,
    contacts,
    desk,
    lists,
    mobilised,
    organising,
    projects,
    reports,
    rounds,
    targets,
)

routers: tuple[Router, ...] = (
    lists.router,
    projects.router,
    reports.router,
    contacts.router,
    desk.router,
    mobilised.router,
    targets.router,
    comparison.router,
    organising.router,
    rounds.router,
)
