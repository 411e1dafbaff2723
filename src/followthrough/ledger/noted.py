"""Words of notes and mails: the full-text index that each database has, behind one question."""

from collections.abc import Sequence
from typing import Any

from django.db import OperationalError, connection

from followthrough.ledger.words import WORD, folded, words_of

MOST_WORDS = 6

ADDED = """
INSERT INTO ledger_text_words(rowid, workspace_id, title, body)
VALUES (new.id, new.workspace_id, new.title, new.body)"""
GONE = """
INSERT INTO ledger_text_words(ledger_text_words, rowid, workspace_id, title, body)
VALUES ('delete', old.id, old.workspace_id, old.title, old.body)"""
# Kept by the database itself, so that nobody who writes or empties a text must remember it.
# Without the places of the words it holds nothing that a text could be put together from.
ON_SQLITE = (
    """
CREATE VIRTUAL TABLE ledger_text_words USING fts5(
    workspace_id, title, body, content='ledger_text', content_rowid='id', detail=column,
    tokenize='unicode61 remove_diacritics 2')""",
    f"""
CREATE TRIGGER ledger_text_words_added AFTER INSERT ON ledger_text BEGIN {ADDED}; END""",
    f"""
CREATE TRIGGER ledger_text_words_gone AFTER DELETE ON ledger_text BEGIN {GONE}; END""",
    f"""
CREATE TRIGGER ledger_text_words_changed AFTER UPDATE OF title, body ON ledger_text
BEGIN {GONE}; {ADDED}; END""",
    "INSERT INTO ledger_text_words(ledger_text_words) VALUES ('rebuild')",
)
MARKED, PLAIN = (
    "áàâäãåāăąæçćčďđéèêëēėęěğíìîïīįıłľñńňóòôöõøōőœŕřśšşťúùûüūůűųýÿžźż",
    "aaaaaaaaaacccddeeeeeeeegiiiiiiillnnnooooooooorrssstuuuuuuuuyyzzz",
)
# More of a text than this no index takes; the workspace is a word of it, so that the words of
# one team alone are read: a word with a stroke before it, which nobody can ask for.
VECTOR = (
    "to_tsvector('simple', '/ws/' || workspace_id::text || ' ' || "
    f"translate(lower(left(title || ' ' || body, 100000)), '{MARKED}', '{PLAIN}'))"
)
ON_POSTGRESQL = (f"CREATE INDEX ledger_text_words ON ledger_text USING gin ({VECTOR})",)
BUILT = {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRESQL}

QUESTIONS = {
    "sqlite": "SELECT rowid FROM ledger_text_words WHERE ledger_text_words MATCH %s "
    "ORDER BY rowid DESC LIMIT %s",
    "postgresql": f"SELECT id FROM ledger_text WHERE {VECTOR} @@ to_tsquery('simple', %s) "  # noqa: S608
    "ORDER BY id DESC LIMIT %s",
}


def build(_apps: Any, editor: Any) -> None:
    """For the migration."""
    for statement in BUILT[editor.connection.vendor]:
        editor.execute(statement)


def texts_with(workspace_id: int, text: str, *, most: int) -> list[int]:
    """Ids of the newest texts in which each word of this one begins a word."""
    words = _asked(text)
    if not words:
        return []
    asked = ASKED[connection.vendor](workspace_id, words)
    try:
        with connection.cursor() as cursor:
            cursor.execute(QUESTIONS[connection.vendor], [asked, most])
            return [pk for (pk,) in cursor.fetchall()]
    except OperationalError:  # letters that SQLite's tables do not know yet part a word
        return []


def _asked(text: str) -> list[tuple[str, ...]]:
    """Each word as we compare it, and as it stands where a database folds it otherwise."""
    return [
        tuple(dict.fromkeys([*words_of(word), word.lower()]))
        for word in WORD.findall(text)[:MOST_WORDS]
        if words_of(word)
    ]


def _on_sqlite(workspace_id: int, words: Sequence[tuple[str, ...]]) -> str:
    each = [" OR ".join(f'"{form}" *' for form in forms) for forms in words]
    said = " AND ".join(f"({{title body}} : ({one}))" for one in each)
    return f'(workspace_id : "{workspace_id}") AND {said}'


def _on_postgresql(workspace_id: int, words: Sequence[tuple[str, ...]]) -> str:
    each = [" | ".join(f"'{form}':*" for form in forms) for forms in words]
    return " & ".join([f"'/ws/{workspace_id}'", *(f"({one})" for one in each)])


ASKED = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}


def sentence_with(body: str, text: str, most: int = 160) -> tuple[str, int, int]:
    """The sentence of the first of the words that stands in it, and where in it the word is."""
    forms = tuple(form for forms in _asked(text) for form in forms)
    for found in WORD.finditer(body):
        word = found[0]
        if folded(word).startswith(forms) or word.lower().startswith(forms):
            return _around(body, found.start(), found.end(), most)
    return "", 0, 0


def _around(body: str, start: int, end: int, most: int) -> tuple[str, int, int]:
    stops = [body.rfind(stop, 0, start) + len(stop) for stop in STOPS if stop in body[:start]]
    first = max([0, start - most // 2, *stops])
    after = [at for stop in STOPS if (at := body.find(stop, end)) >= 0]
    last = min([len(body), first + most, *(at + 1 for at in after)])
    said = body[first:last]
    lead = len(said) - len(said.lstrip())
    return said.strip(), start - first - lead, min(end, last) - first - lead


STOPS = (". ", "! ", "? ", "\n")
