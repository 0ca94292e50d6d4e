"""The database's own guards, in both dialects: the story may not change, and the index follows its text.

SQLite drops triggers when it remakes a table, so a migration that alters `Entry`, `Note` or `SearchText` runs
`raise_guards` again at its end; a test asserts that all stand.
"""

SQLITE_NAMES = (
    "matters_entry_no_update", "matters_entry_no_delete", "matters_note_only_blank", "matters_note_no_delete",
    "matters_search_insert", "matters_search_update", "matters_search_delete",
)
POSTGRES_NAMES = SQLITE_NAMES[:4]

SQLITE = """
CREATE TRIGGER matters_entry_no_update BEFORE UPDATE ON matters_entry
BEGIN SELECT RAISE(ABORT, 'the story of a matter is not changed'); END;
CREATE TRIGGER matters_entry_no_delete BEFORE DELETE ON matters_entry
BEGIN SELECT RAISE(ABORT, 'the story of a matter is not removed'); END;
CREATE TRIGGER matters_note_only_blank BEFORE UPDATE ON matters_note
WHEN NOT (NEW.words = '' AND NEW.blanked_at IS NOT NULL AND OLD.blanked_at IS NULL
  AND NEW.entry_id = OLD.entry_id AND NEW.salt = '')
BEGIN SELECT RAISE(ABORT, 'a note is only ever blanked'); END;
CREATE TRIGGER matters_note_no_delete BEFORE DELETE ON matters_note
BEGIN SELECT RAISE(ABORT, 'a note is not removed'); END;
CREATE TRIGGER matters_search_insert AFTER INSERT ON matters_searchtext
BEGIN INSERT INTO matters_searchindex(rowid, tokens, inner_tokens)
  VALUES (NEW.matter_id, NEW.tokens, NEW.inner_tokens); END;
CREATE TRIGGER matters_search_update AFTER UPDATE ON matters_searchtext
BEGIN INSERT INTO matters_searchindex(matters_searchindex, rowid, tokens, inner_tokens)
  VALUES ('delete', OLD.matter_id, OLD.tokens, OLD.inner_tokens);
  INSERT INTO matters_searchindex(rowid, tokens, inner_tokens)
  VALUES (NEW.matter_id, NEW.tokens, NEW.inner_tokens); END;
CREATE TRIGGER matters_search_delete AFTER DELETE ON matters_searchtext
BEGIN INSERT INTO matters_searchindex(matters_searchindex, rowid, tokens, inner_tokens)
  VALUES ('delete', OLD.matter_id, OLD.tokens, OLD.inner_tokens); END;
"""
SQLITE_INDEX = """
CREATE VIRTUAL TABLE matters_searchindex USING fts5(
  tokens, inner_tokens, content='matters_searchtext', content_rowid='matter_id', tokenize='ascii')
"""

POSTGRES = """
CREATE OR REPLACE FUNCTION matters_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the story of a matter is neither changed nor removed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER matters_entry_no_update BEFORE UPDATE ON matters_entry
FOR EACH ROW EXECUTE FUNCTION matters_refuse();
CREATE TRIGGER matters_entry_no_delete BEFORE DELETE ON matters_entry
FOR EACH ROW EXECUTE FUNCTION matters_refuse();
CREATE TRIGGER matters_note_only_blank BEFORE UPDATE ON matters_note FOR EACH ROW
WHEN (NOT (NEW.words = '' AND NEW.blanked_at IS NOT NULL AND OLD.blanked_at IS NULL
  AND NEW.entry_id = OLD.entry_id AND NEW.salt = ''))
EXECUTE FUNCTION matters_refuse();
CREATE TRIGGER matters_note_no_delete BEFORE DELETE ON matters_note
FOR EACH ROW EXECUTE FUNCTION matters_refuse();
"""
POSTGRES_INDEX = """
CREATE INDEX matters_search_tokens ON matters_searchtext USING gin (to_tsvector('simple', tokens));
CREATE INDEX matters_search_all ON matters_searchtext USING gin (to_tsvector('simple', tokens || ' ' || inner_tokens));
"""  # fmt: skip


def _run(schema_editor, script):
    """Run several statements; SQLite's driver takes them one by one."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(script, params=None)
        return
    for piece in script.strip().split("END;\n"):
        is_trigger = "BEGIN" in piece
        schema_editor.execute(f"{piece} END" if is_trigger and not piece.endswith("END;") else piece, params=None)


def raise_guards(apps, schema_editor):
    """Set the triggers, anew where they stand."""
    drop_guards(apps, schema_editor)
    _run(schema_editor, POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop_guards(apps, schema_editor):
    """Take the triggers off."""
    if schema_editor.connection.vendor == "postgresql":
        for name in POSTGRES_NAMES:
            table = "matters_entry" if "_entry_" in name else "matters_note"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}", params=None)
    else:
        for name in SQLITE_NAMES:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)


def make_index(apps, schema_editor):
    """Make the search index of the engine at hand."""
    _run(schema_editor, POSTGRES_INDEX if schema_editor.connection.vendor == "postgresql" else SQLITE_INDEX)


def drop_index(apps, schema_editor):
    """Take the search index off."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX matters_search_tokens; DROP INDEX matters_search_all", params=None)
    else:
        schema_editor.execute("DROP TABLE matters_searchindex", params=None)
