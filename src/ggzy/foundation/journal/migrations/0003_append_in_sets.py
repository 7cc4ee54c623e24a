"""The door for new entries, by sets: a batch of a room's offers is as many rows and no more statements."""

from importlib import import_module

from django.db import migrations

before = import_module("ggzy.foundation.journal.migrations.0002_append_only")

# Every entry follows the one before it of its subject: in this batch, or where the subject stands.
APPEND = f"""
CREATE OR REPLACE FUNCTION journal_append(
    subjects text[], seqs bigint[], kinds text[], actors jsonb[], ats timestamptz[], requests text[],
    audiences text[], previous bytea[], commitments bytea[], chains bytea[], nonces bytea[], canons bytea[],
    codes text[], asked text, command text, arguments bytea
) RETURNS bigint {before.DOOR} AS $$
DECLARE
    place bigint;
    wrong record;
    simulated boolean := (SELECT is_simulated FROM journal_log);
BEGIN
    SELECT height INTO STRICT place FROM journal_head FOR UPDATE;
    SELECT g.seq, g.subject INTO wrong FROM (
        SELECT u.subject, u.seq, u.at, u.previous,
               lag(u.seq) OVER w AS seq_before, lag(u.at) OVER w AS at_before, lag(u.chain) OVER w AS chain_before
        FROM unnest(subjects, seqs, ats, previous, chains) WITH ORDINALITY
            AS u (subject, seq, at, previous, chain, ord)
        WINDOW w AS (PARTITION BY u.subject ORDER BY u.ord)
    ) g LEFT JOIN journal_subject s ON s.subject = g.subject
    WHERE g.seq <> coalesce(g.seq_before, s.seq, 0) + 1
        OR g.previous <> coalesce(g.chain_before, s.chain) OR g.at <= coalesce(g.at_before, s.last_at)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry % of % does not follow its predecessor', wrong.seq, wrong.subject
            USING ERRCODE = 'GZ003';
    END IF;
    IF NOT simulated AND EXISTS (
        SELECT FROM unnest(ats) AS at
        WHERE at > clock_timestamp() + interval '1 s' OR at < transaction_timestamp() - interval '5 s'
    ) THEN
        RAISE EXCEPTION 'the moment of a fact is not now' USING ERRCODE = 'GZ004';
    END IF;
    INSERT INTO journal_entry
        (height, subject, seq, kind, actor, at, request, audience, commitment, chain)
    SELECT place + u.ord, u.subject, u.seq, u.kind, u.actor, u.at, u.request, u.audience, u.commitment, u.chain
    FROM unnest(subjects, seqs, kinds, actors, ats, requests, audiences, commitments, chains) WITH ORDINALITY
        AS u (subject, seq, kind, actor, at, request, audience, commitment, chain, ord);
    INSERT INTO journal_payload (height, nonce, canon, code)
    SELECT place + u.ord, u.nonce, u.canon, u.code
    FROM unnest(nonces, canons, codes) WITH ORDINALITY AS u (nonce, canon, code, ord);
    INSERT INTO journal_subject AS s (subject, seq, chain, last_at)
    SELECT DISTINCT ON (u.subject) u.subject, u.seq, u.chain, u.at
    FROM unnest(subjects, seqs, chains, ats) AS u (subject, seq, chain, at)
    ORDER BY u.subject, u.seq DESC
    ON CONFLICT (subject) DO UPDATE
        SET seq = EXCLUDED.seq, chain = EXCLUDED.chain, last_at = EXCLUDED.last_at;
    UPDATE journal_head SET height = place + cardinality(subjects);
    IF asked IS NOT NULL THEN
        INSERT INTO journal_request (request, height, command, arguments)
        VALUES (asked, place + cardinality(subjects), command, arguments);
    END IF;
    RETURN place + 1;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]

    operations = [
        migrations.RunSQL(APPEND, before.APPEND.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")),
    ]
