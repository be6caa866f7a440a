-- From version 1 of the schema to version 2: what an overview of an account and the story of a
-- resource are made from. Comments stand in schema.sql, which has the same tables, indices and columns.

ALTER TABLE vulnerability ADD COLUMN due BIGINT;
CREATE INDEX vulnerability_due ON vulnerability (account, due, id) WHERE due IS NOT NULL;
ALTER TABLE assessment ADD COLUMN in_use SMALLINT;
CREATE INDEX resource_status ON resource (account, type, status_code, status_reason);

CREATE INDEX IF NOT EXISTS package_version_search ON package_version (account, subject, ecosystem);
CREATE INDEX IF NOT EXISTS resource_name ON resource (account, LOWER(name), resource_id);
CREATE INDEX IF NOT EXISTS outbox_resource ON outbox (account, resource, sequence, vulnerability);

CREATE TABLE assessment_fix (
  account    BIGINT NOT NULL,
  assessment BIGINT NOT NULL,
  position   SMALLINT NOT NULL,
  ecosystem  TEXT NOT NULL,
  name       TEXT NOT NULL,
  manager    TEXT NOT NULL,
  installed  TEXT NOT NULL,
  target     TEXT NOT NULL,
  packages   TEXT NOT NULL,
  command    TEXT NOT NULL,
  PRIMARY KEY (account, assessment, position)
)
--sqlite WITHOUT ROWID
;

CREATE TABLE activity (
  account BIGINT NOT NULL,
  hour    BIGINT NOT NULL,
  critical INTEGER NOT NULL, high INTEGER NOT NULL, medium INTEGER NOT NULL, low INTEGER NOT NULL,
  informational INTEGER NOT NULL, untriaged INTEGER NOT NULL,
  closed  INTEGER NOT NULL,
  PRIMARY KEY (account, hour)
)
--sqlite WITHOUT ROWID
;

CREATE TABLE posture_day (
  account BIGINT NOT NULL,
  day     BIGINT NOT NULL,
  taken   BIGINT NOT NULL,
  critical INTEGER NOT NULL, high INTEGER NOT NULL, medium INTEGER NOT NULL, low INTEGER NOT NULL,
  informational INTEGER NOT NULL, untriaged INTEGER NOT NULL,
  risk    BIGINT NOT NULL,
  PRIMARY KEY (account, day)
)
--sqlite WITHOUT ROWID
;

-- Of what the outbox still holds. A finding that opened suppressed was never ACTIVE; of one that closed
-- the event does not say what it was.
INSERT INTO activity (account, hour, critical, high, medium, low, informational, untriaged, closed)
  SELECT account, time - time % 3600,
    sum(CASE WHEN kind <> 5 AND severity = 5 THEN 1 ELSE 0 END),
    sum(CASE WHEN kind <> 5 AND severity = 4 THEN 1 ELSE 0 END),
    sum(CASE WHEN kind <> 5 AND severity = 3 THEN 1 ELSE 0 END),
    sum(CASE WHEN kind <> 5 AND severity = 2 THEN 1 ELSE 0 END),
    sum(CASE WHEN kind <> 5 AND severity = 1 THEN 1 ELSE 0 END),
    sum(CASE WHEN kind <> 5 AND severity = 0 THEN 1 ELSE 0 END),
    sum(CASE WHEN kind = 5 THEN 1 ELSE 0 END)
  FROM outbox WHERE kind = 5 OR (kind IN (1, 6) AND status = 0)
  GROUP BY account, time - time % 3600;

-- All findings are looked at again as soon as there is intelligence; that fills the new column and table.
UPDATE setting SET value = '' WHERE name = 'intelligence.applied';

--sqlite INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
--sqlite   ('assessment_fix', 'assessment_fix', '30000 30000 1 1'),
--sqlite   ('outbox', 'outbox_resource', '1000000 1000000 10 1 1'),
--sqlite   ('package_version', 'package_version_search', '50000 50000 5 3'),
--sqlite   ('resource', 'resource_name', '100000 100000 2 1'),
--sqlite   ('resource', 'resource_status', '100000 100000 30000 28000 28000'),
--sqlite   ('vulnerability', 'vulnerability_due', '300 300 2 1');
