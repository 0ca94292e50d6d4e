"""The database itself refuses to change or remove a record: only an empty seal may be filled, and only the rows
of a whole expired seal may go. SQLite drops triggers when it remakes a table: a migration that alters these tables
must call `guard` again."""

from django.db import migrations

RECORD, SEAL = "audit_auditrecord", "audit_seal"
FIXED = (
    "id, uid, at, community, verb, subject, person_uid, fields, purpose, detail, account_uid, actor_uid, hat, "
    "channel, address, request_id"
)
NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
SQLITE = {
    "audit_record_fixed": f"BEFORE UPDATE OF {FIXED} ON {RECORD}",
    "audit_record_sealed": f"BEFORE UPDATE OF seal_id ON {RECORD} "
    "WHEN OLD.seal_id IS NOT NULL OR NEW.seal_id IS NULL",
    "audit_record_kept": f"BEFORE DELETE ON {RECORD} WHEN NOT EXISTS "
    f"(SELECT 1 FROM {SEAL} WHERE id = OLD.seal_id AND emptied_at IS NOT NULL)",
    "audit_record_replaced": f"BEFORE INSERT ON {RECORD} WHEN EXISTS "
    f"(SELECT 1 FROM {RECORD} WHERE id = NEW.id OR uid = NEW.uid)",
    "audit_seal_fixed": f"BEFORE UPDATE OF id, community, number, sealed_at, expires_at, previous, head, rows ON {SEAL}",
    "audit_seal_emptied": f"BEFORE UPDATE OF emptied_at ON {SEAL} "
    f"WHEN OLD.emptied_at IS NOT NULL OR NEW.emptied_at IS NULL OR OLD.expires_at > {NOW}",
    "audit_seal_kept": f"BEFORE DELETE ON {SEAL}",
    "audit_seal_replaced": f"BEFORE INSERT ON {SEAL} WHEN EXISTS "
    f"(SELECT 1 FROM {SEAL} WHERE id = NEW.id OR (community = NEW.community AND number = NEW.number))",
}
POSTGRES = f"""
CREATE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = '{RECORD}' THEN
        IF OLD.seal_id IS NULL AND NEW.seal_id IS NOT NULL
           AND to_jsonb(NEW) - 'seal_id' = to_jsonb(OLD) - 'seal_id' THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        IF OLD.emptied_at IS NULL AND NEW.emptied_at IS NOT NULL AND OLD.expires_at <= clock_timestamp()
           AND to_jsonb(NEW) - 'emptied_at' = to_jsonb(OLD) - 'emptied_at' THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'DELETE' AND TG_TABLE_NAME = '{RECORD}' THEN
        IF EXISTS (SELECT 1 FROM {SEAL} WHERE id = OLD.seal_id AND emptied_at IS NOT NULL) THEN RETURN OLD; END IF;
    END IF;
    RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_record_guard BEFORE UPDATE OR DELETE ON {RECORD} FOR EACH ROW EXECUTE FUNCTION audit_guard();
CREATE TRIGGER audit_seal_guard BEFORE UPDATE OR DELETE ON {SEAL} FOR EACH ROW EXECUTE FUNCTION audit_guard();
CREATE TRIGGER audit_record_whole BEFORE TRUNCATE ON {RECORD} EXECUTE FUNCTION audit_guard();
CREATE TRIGGER audit_seal_whole BEFORE TRUNCATE ON {SEAL} EXECUTE FUNCTION audit_guard();
"""


def guard(apps, editor):
    if editor.connection.vendor == "sqlite":
        for name, when in SQLITE.items():
            editor.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END")
    else:
        editor.execute(POSTGRES)


def unguard(apps, editor):
    if editor.connection.vendor == "sqlite":
        for name in SQLITE:
            editor.execute(f"DROP TRIGGER IF EXISTS {name}")
    else:
        editor.execute("DROP FUNCTION audit_guard() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_tables")]
    operations = [migrations.RunPython(guard, unguard)]
