"""Whether who was at a contact is what the contact itself says."""

from collections import defaultdict
from collections.abc import Iterator

from yipanqi.facts.activities.models import Contact, Presence
from yipanqi.ledger.rules import Finding

ROWS = 5_000


def presence_findings() -> Iterator[Finding]:
    """Contacts whose list of people differs from the posts that they name."""
    there: dict[int, set[int]] = defaultdict(set)
    rows = Presence.objects.values_list("contact_id", "post_id")
    for contact_id, post_id in rows.iterator(ROWS):
        there[contact_id].add(post_id)
    for contact in Contact.objects.order_by("pk").iterator(ROWS):
        if there.pop(contact.pk, set()) != set(contact.post_ids):
            yield Finding(f"接洽 {contact.pk}", "在场的人与账上写下的不同")
