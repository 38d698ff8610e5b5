"""Keep the words of search entries in the database's own index.

SQLite: an FTS5 table that three triggers keep. PostgreSQL: two generated columns with GIN.
Both follow the rows of base_searchentry, whoever writes them.
"""

from django.db import migrations

SQLITE = (
    """
    CREATE VIRTUAL TABLE base_search_words USING fts5(
        title_tokens, tokens, key_tokens,
        content='base_searchentry', content_rowid='rank', detail='column', prefix='2 3 4',
        tokenize='unicode61 remove_diacritics 0'
    )
    """,
    """
    CREATE TRIGGER base_search_words_in AFTER INSERT ON base_searchentry BEGIN
        INSERT INTO base_search_words (rowid, title_tokens, tokens, key_tokens)
        VALUES (new.rank, new.title_tokens, new.tokens, new.key_tokens);
    END
    """,
    """
    CREATE TRIGGER base_search_words_out AFTER DELETE ON base_searchentry BEGIN
        INSERT INTO base_search_words (base_search_words, rowid, title_tokens, tokens, key_tokens)
        VALUES ('delete', old.rank, old.title_tokens, old.tokens, old.key_tokens);
    END
    """,
    """
    CREATE TRIGGER base_search_words_anew AFTER UPDATE ON base_searchentry BEGIN
        INSERT INTO base_search_words (base_search_words, rowid, title_tokens, tokens, key_tokens)
        VALUES ('delete', old.rank, old.title_tokens, old.tokens, old.key_tokens);
        INSERT INTO base_search_words (rowid, title_tokens, tokens, key_tokens)
        VALUES (new.rank, new.title_tokens, new.tokens, new.key_tokens);
    END
    """,
    "INSERT INTO base_search_words (base_search_words) VALUES ('rebuild')",
)
SQLITE_BACK = (
    "DROP TRIGGER base_search_words_anew",
    "DROP TRIGGER base_search_words_out",
    "DROP TRIGGER base_search_words_in",
    "DROP TABLE base_search_words",
)
POSTGRESQL = (
    """
    ALTER TABLE base_searchentry
        ADD COLUMN title_words tsvector
            GENERATED ALWAYS AS (array_to_tsvector(string_to_array(title_tokens, ' '))) STORED,
        ADD COLUMN words tsvector
            GENERATED ALWAYS AS (array_to_tsvector(
                string_to_array(title_tokens, ' ') || string_to_array(tokens, ' ')
                || string_to_array(key_tokens, ' '))) STORED
    """,
    "CREATE INDEX base_search_title_words ON base_searchentry USING gin (title_words)",
    "CREATE INDEX base_search_words ON base_searchentry USING gin (words)",
)
POSTGRESQL_BACK = (
    "DROP INDEX base_search_words",
    "DROP INDEX base_search_title_words",
    "ALTER TABLE base_searchentry DROP COLUMN words, DROP COLUMN title_words",
)


def forwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in SQLITE if vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in SQLITE_BACK if vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("base", "0002_audit_append_only")]
    operations = [migrations.RunPython(forwards, backwards)]
