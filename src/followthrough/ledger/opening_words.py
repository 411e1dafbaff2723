"""The part of `opening` that is about the team's words: what is named from outside, and theirs."""

from typing import TypeVar

from django.db.models import Model
from django.http import Http404

from followthrough.ledger.models import Member, Template, TemplateFile
from followthrough.ledger.opening import UNKNOWN
from followthrough.ledger.place import id_in
from followthrough.ledger.templates import of_workspace

Row = TypeVar("Row", bound=Model)


def template_for(member: Member, name: str) -> Template:
    """Also a ready-made one, by its name, which is no row yet."""
    if not name.isdecimal():
        named = (one for one in of_workspace(member.workspace) if one.ready == name != "")
        return _there(next(named, None))
    rows = Template.objects.filter(workspace=member.workspace_id, pk=id_in(name))
    return _there(rows.select_related("workspace").first())


def template_file_for(member: Member, pk: int) -> TemplateFile:
    rows = TemplateFile.objects.filter(workspace=member.workspace_id, pk=pk)
    return _there(rows.select_related("template__workspace").first())


def _there(found: Row | None) -> Row:
    if found is None:
        raise Http404(UNKNOWN)
    return found
