"""`{{ day|long_day }}`: days of the calendar as the reader's language writes them."""

from datetime import date

from django import template
from django.utils.translation import pgettext

from followthrough.web import say

register = template.Library()


@register.filter
def long_day(day: date) -> str:
    return say.dated(day, pgettext("date pattern of CLDR", "EEEE d MMMM y"))


@register.filter
def short_day(day: date) -> str:
    return say.dated(day, pgettext("date pattern of CLDR", "EEE d MMM"))
