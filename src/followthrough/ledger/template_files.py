"""Files that go out with a template: a price list, a drawing. Few and small, of harmless kinds."""

from datetime import datetime

from followthrough.core.saying import says
from followthrough.ledger.models import Template, TemplateFile
from followthrough.ledger.template_changes import taken

MOST_FILES, MOST_BYTES = 3, 4 << 20  # together they fit into any mail
KINDS = {
    "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "txt": "text/plain", "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}  # fmt: skip
NOT_THIS_KIND = says("Only {kinds} can go with words. Save it as a PDF, for instance.")
TOO_LARGE = says("Files with words may have {n} MB together. Make it smaller, or send a link.")
ENOUGH = says("{n} files go with these words already. Take one out first.")
EMPTY = says("“{name}” is empty. Choose it once more.")


class CouldNotKeep(Exception):
    """Said to the person as it stands."""


def files_of(template: Template) -> list[TemplateFile]:
    if not template.pk:
        return []
    rows = TemplateFile.objects.filter(workspace=template.workspace_id, template=template)
    return list(rows.filter(gone_at=None).defer("body").order_by("pk"))


def add_file(template: Template, name: str, body: bytes, *, at: datetime) -> TemplateFile:
    there = files_of(template)
    kind = KINDS.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise CouldNotKeep(says(NOT_THIS_KIND.template, kinds=", ".join(KINDS)))
    if not body:
        raise CouldNotKeep(says(EMPTY.template, name=name))
    if len(there) >= MOST_FILES:
        raise CouldNotKeep(says(ENOUGH.template, n=MOST_FILES))
    if sum(one.size for one in there) + len(body) > MOST_BYTES:
        raise CouldNotKeep(says(TOO_LARGE.template, n=MOST_BYTES >> 20))
    return TemplateFile.objects.create(
        workspace=template.workspace, template=taken(template, at=at), name=name[-120:],
        kind=kind, size=len(body), body=body, added_at=at,
    )  # fmt: skip
