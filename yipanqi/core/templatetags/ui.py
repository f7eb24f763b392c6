"""The few filters that templates know."""

from django import template

register = template.Library()
