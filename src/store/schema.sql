-- The system of record, one schema for both engines. Every key starts with the account, so that a
-- distributed engine can spread rows by it (docs/scale-out.md).
--
-- Lines that begin with "--sqlite " or "--postgres " are statements of that engine only. Times are
-- seconds since 1970. Ids are the first eight bytes of a SHA-256 over what identifies the row
-- (findings/identity.h), so that they need no sequence and no look-up: the same machine, package or
-- vulnerability has the same id in every store. "thin" tables are what is searched and counted;
-- texts for people stand apart in *_body.

CREATE TABLE account (
  id            BIGINT PRIMARY KEY,   -- 12 digits
  name          TEXT NOT NULL,
  created       BIGINT NOT NULL,
  configuration TEXT NOT NULL         -- JSON: EC2 scan mode, ECR durations
);

-- The scan types of an account: EC2, ECR, LAMBDA, LAMBDA_CODE, CODE_REPOSITORY. No row: DISABLED.
CREATE TABLE scan_type (
  account BIGINT NOT NULL,
  type    TEXT NOT NULL,
  status  TEXT NOT NULL,              -- ENABLED, DISABLED, ENABLING, DISABLING
  changed BIGINT NOT NULL,
  PRIMARY KEY (account, type)
);

CREATE TABLE access_key (
  id        TEXT PRIMARY KEY,         -- "AKIA" and 16 characters
  account   BIGINT NOT NULL,
  secret    BYTEA NOT NULL,           -- encrypted, server/accounts
  principal TEXT NOT NULL,            -- who it was issued to, for logs
  created   BIGINT NOT NULL,
  disabled  BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE console_user (
  name          TEXT PRIMARY KEY,
  account       BIGINT NOT NULL,
  password_hash TEXT NOT NULL,        -- argon2id
  administrator SMALLINT NOT NULL,
  created       BIGINT NOT NULL
);

CREATE TABLE console_session (
  token_hash BYTEA PRIMARY KEY,       -- SHA-256 of the cookie: the store cannot be used to log in
  name       TEXT NOT NULL,
  csrf       TEXT NOT NULL,
  created    BIGINT NOT NULL,
  expires    BIGINT NOT NULL
);

-- Small values of the installation: applied intelligence stamp, schema facts, job positions.
CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- Inventory, inverted --------------------------------------------------------------------------

-- A package in one version, once per account, however many resources hold it.
CREATE TABLE package_version (
  account     BIGINT NOT NULL,
  id          BIGINT NOT NULL,
  ecosystem   TEXT NOT NULL,          -- what its advisories are filed under (match/subject.h)
  subject     TEXT NOT NULL,          -- normal name there
  version_key BYTEA NOT NULL,         -- of the subject's version; empty if the scheme refuses it
  body        TEXT NOT NULL,          -- the package as JSON (inventory/document.h)
  PRIMARY KEY (account, id)
);
CREATE INDEX package_version_subject ON package_version (account, ecosystem, subject, version_key);
CREATE INDEX package_version_search ON package_version (account, subject, ecosystem);

-- A set of packages, shared by all resources that hold exactly these. A set that differs little from
-- another one, as after an upgrade, is stored as the difference to it: of 500 packages 5 are written.
-- A set that others are based on has no base itself.
CREATE TABLE package_set (
  account BIGINT NOT NULL,
  id      BIGINT NOT NULL,
  base    BIGINT NOT NULL,            -- 0: none
  members BYTEA NOT NULL,             -- ids of packages the base lacks, ascending, 8 bytes each, big-endian
  removed BYTEA NOT NULL,             -- ids of packages of the base that are not in this set
  PRIMARY KEY (account, id)
);
CREATE INDEX package_set_base ON package_set (account, base) WHERE base <> 0;
-- The column members, inverted.
CREATE TABLE package_set_member (
  account     BIGINT NOT NULL,
  package     BIGINT NOT NULL,
  package_set BIGINT NOT NULL,
  PRIMARY KEY (account, package, package_set)
)
--sqlite WITHOUT ROWID
;

-- All that findings depend on besides the resource's own name: the packages, the operating system,
-- which packages are in use, the running kernel, exposure. Resources of one profile have the same
-- findings, so matching is done once per profile.
CREATE TABLE profile (
  account     BIGINT NOT NULL,
  id          BIGINT NOT NULL,
  package_set BIGINT NOT NULL,
  body        TEXT NOT NULL,          -- JSON: system, kernel, use, exposure (estate/profile.h)
  PRIMARY KEY (account, id)
);
CREATE INDEX profile_package_set ON profile (account, package_set, id);

CREATE TABLE resource (
  account      BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  type         TEXT NOT NULL,         -- AWS_EC2_INSTANCE, AWS_ECR_CONTAINER_IMAGE, ...
  resource_id  TEXT NOT NULL,         -- "i-...", an ARN
  name         TEXT NOT NULL,         -- for people
  region       TEXT NOT NULL,
  platform     TEXT NOT NULL,         -- DEBIAN_12; empty if unknown
  profile      BIGINT NOT NULL,       -- 0: nothing was inventoried yet
  inventory    TEXT NOT NULL,         -- digest of the last inventory, for deltas and idempotence
  status_code  TEXT NOT NULL,         -- coverage: ACTIVE, INACTIVE
  status_reason TEXT NOT NULL,        -- coverage: SUCCESSFUL, NO_INVENTORY, ...
  scan_mode    TEXT NOT NULL,         -- EC2_SSM_AGENT_BASED, EC2_AGENTLESS, ...; empty
  first_seen   BIGINT NOT NULL,
  last_scanned BIGINT NOT NULL,       -- also the lastObservedAt of its open findings; 0: never
  removed      BIGINT NOT NULL DEFAULT 0,  -- when it was terminated or became ineligible
  -- ACTIVE findings, maintained with every change. network: of type NETWORK_REACHABILITY; exploitable:
  -- assessment.exploit; fixable: assessment.fix YES or PARTIAL.
  critical INTEGER NOT NULL DEFAULT 0, high INTEGER NOT NULL DEFAULT 0,
  medium INTEGER NOT NULL DEFAULT 0, low INTEGER NOT NULL DEFAULT 0,
  informational INTEGER NOT NULL DEFAULT 0, untriaged INTEGER NOT NULL DEFAULT 0,
  network INTEGER NOT NULL DEFAULT 0, exploitable INTEGER NOT NULL DEFAULT 0,
  fixable INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, id)
);
CREATE INDEX resource_profile ON resource (account, profile, id);
CREATE INDEX resource_type ON resource (account, type, resource_id);
CREATE INDEX resource_resource_id ON resource (account, resource_id);
CREATE INDEX resource_name ON resource (account, LOWER(name), resource_id);
CREATE INDEX resource_scanned ON resource (account, last_scanned, id);
CREATE INDEX resource_status ON resource (account, type, status_code, status_reason);
-- All counters: aggregations read them along this index, not in the rows, which are wide.
CREATE INDEX resource_critical ON resource
  (account, type, critical, high, id, medium, low, informational, untriaged, network, exploitable,
   fixable);

CREATE TABLE resource_body (
  account BIGINT NOT NULL,
  id      BIGINT NOT NULL,
  body    TEXT NOT NULL,              -- the API's Resource object (findings/document.h)
  runtime TEXT NOT NULL,              -- JSON of processes, ports, addresses; empty
  PRIMARY KEY (account, id)
);

-- What filters ask of resources, one row per value (findings/filter_fields.h): tags, addresses,
-- image tags, layers, repository, function name, ...
CREATE TABLE resource_attribute (
  account  BIGINT NOT NULL,
  resource BIGINT NOT NULL,
  field    SMALLINT NOT NULL,
  key      TEXT NOT NULL,             -- of a tag; else empty
  text     TEXT NOT NULL,
  number   DOUBLE PRECISION,
  PRIMARY KEY (account, resource, field, key, text)
)
--sqlite WITHOUT ROWID
;
CREATE INDEX resource_attribute_value ON resource_attribute (account, field, text, resource, key);
CREATE INDEX resource_attribute_number ON resource_attribute (account, field, number, resource)
  WHERE number IS NOT NULL;

-- Findings -------------------------------------------------------------------------------------

-- What a finding is about: a CVE or advisory, an open port range, a rule of code analysis.
CREATE TABLE vulnerability (
  account BIGINT NOT NULL,
  id      BIGINT NOT NULL,
  type    TEXT NOT NULL,              -- PACKAGE_VULNERABILITY, NETWORK_REACHABILITY, CODE_VULNERABILITY
  name    TEXT NOT NULL,              -- "CVE-2024-6119"
  epss    DOUBLE PRECISION,
  due     BIGINT,                     -- in CISA's catalogue: mended by then; 0: no day is said; else NULL
  PRIMARY KEY (account, id)
);
CREATE INDEX vulnerability_name ON vulnerability (account, name, id);
CREATE INDEX vulnerability_epss ON vulnerability (account, epss, id);
CREATE INDEX vulnerability_due ON vulnerability (account, due, id) WHERE due IS NOT NULL;

CREATE TABLE vulnerability_body (
  account BIGINT NOT NULL,
  id      BIGINT NOT NULL,
  digest  TEXT NOT NULL,
  body    TEXT NOT NULL,              -- description, references, ratings (findings/document.h)
  PRIMARY KEY (account, id)
);

-- A vulnerability under one set of circumstances: these packages with these fixes, this score for
-- these reasons. All resources in the same circumstances share it. Three columns count the findings
-- that do, by status.
CREATE TABLE assessment (
  account         BIGINT NOT NULL,
  id              BIGINT NOT NULL,
  vulnerability   BIGINT NOT NULL,
  resource_type   TEXT NOT NULL,
  type            TEXT NOT NULL,
  severity        SMALLINT NOT NULL,  -- model::Severity
  score           DOUBLE PRECISION,
  fix             SMALLINT NOT NULL,  -- findings::FixAvailable
  exploit         SMALLINT NOT NULL,  -- 0 or 1
  title           TEXT NOT NULL,
  source          TEXT NOT NULL,
  vendor_severity TEXT NOT NULL,
  active     INTEGER NOT NULL DEFAULT 0,
  suppressed INTEGER NOT NULL DEFAULT 0,
  closed     INTEGER NOT NULL DEFAULT 0,
  in_use     SMALLINT,                -- 0 or 1: one of its packages is; NULL: neither this nor its fixes
                                      -- are known, it was stored by a version that kept none
  PRIMARY KEY (account, id)
);
CREATE INDEX assessment_vulnerability ON assessment (account, vulnerability, id);
-- One for each sort of ListFindings; none holds a counter, so counting touches no index.
CREATE INDEX assessment_severity ON assessment (account, severity, id);
CREATE INDEX assessment_score ON assessment (account, score, id);
CREATE INDEX assessment_type ON assessment (account, type, id);
CREATE INDEX assessment_resource_type ON assessment (account, resource_type, id);
CREATE INDEX assessment_source ON assessment (account, source, id);
CREATE INDEX assessment_vendor_severity ON assessment (account, vendor_severity, id);
CREATE INDEX assessment_title ON assessment (account, title, id);

CREATE TABLE assessment_body (
  account BIGINT NOT NULL,
  id      BIGINT NOT NULL,
  body    TEXT NOT NULL,              -- the rest of the finding as JSON (findings/document.h)
  PRIMARY KEY (account, id)
);

CREATE TABLE assessment_package (
  account      BIGINT NOT NULL,
  assessment   BIGINT NOT NULL,
  position     SMALLINT NOT NULL,
  name         TEXT NOT NULL,
  version      TEXT NOT NULL,
  release      TEXT NOT NULL,
  epoch        INTEGER NOT NULL,
  architecture TEXT NOT NULL,
  layer        TEXT NOT NULL,
  lambda_layer TEXT NOT NULL,
  path         TEXT NOT NULL,
  PRIMARY KEY (account, assessment, position)
)
--sqlite WITHOUT ROWID
;
CREATE INDEX assessment_package_name ON assessment_package (account, name, assessment);

-- What has to be upgraded to be rid of it (findings/fixes.h).
CREATE TABLE assessment_fix (
  account    BIGINT NOT NULL,
  assessment BIGINT NOT NULL,
  position   SMALLINT NOT NULL,
  ecosystem  TEXT NOT NULL,
  name       TEXT NOT NULL,
  manager    TEXT NOT NULL,
  installed  TEXT NOT NULL,
  target     TEXT NOT NULL,
  packages   TEXT NOT NULL,           -- one a line: name, tab, version without epoch and release
  command    TEXT NOT NULL,
  PRIMARY KEY (account, assessment, position)
)
--sqlite WITHOUT ROWID
;

CREATE TABLE assessment_attribute (
  account    BIGINT NOT NULL,
  assessment BIGINT NOT NULL,
  field      SMALLINT NOT NULL,
  key        TEXT NOT NULL,
  text       TEXT NOT NULL,
  number     DOUBLE PRECISION,        -- of a port range its begin
  number_end DOUBLE PRECISION,        -- of a port range its end
  PRIMARY KEY (account, assessment, field, key, text)
)
--sqlite WITHOUT ROWID
;
CREATE INDEX assessment_attribute_value ON assessment_attribute (account, field, text, assessment);

-- One vulnerability on one resource: integers only.
CREATE TABLE finding (
  account        BIGINT NOT NULL,
  resource       BIGINT NOT NULL,
  vulnerability  BIGINT NOT NULL,
  assessment     BIGINT NOT NULL,
  status         SMALLINT NOT NULL,   -- findings::Status
  rule           BIGINT NOT NULL,     -- the suppression rule that hides it; 0
  first_observed BIGINT NOT NULL,
  last_observed  BIGINT NOT NULL,     -- of a CLOSED one; 0 while open: the resource's last_scanned
  updated        BIGINT NOT NULL,
  closed         BIGINT NOT NULL,     -- 0 while open
  delete_after   BIGINT NOT NULL,     -- 0 while open
  PRIMARY KEY (account, resource, vulnerability)
)
--sqlite WITHOUT ROWID
;
-- With the vulnerability of its key it says all that walking an assessment needs.
CREATE INDEX finding_assessment ON finding
  (account, assessment, status, resource, first_observed, vulnerability);
CREATE INDEX finding_first_observed ON finding (account, first_observed, resource, vulnerability);
CREATE INDEX finding_updated ON finding (account, updated, resource, vulnerability);
CREATE INDEX finding_last_observed ON finding (account, last_observed, resource, vulnerability)
  WHERE status = 2;                   -- CLOSED
CREATE INDEX finding_delete ON finding (delete_after) WHERE delete_after > 0;
CREATE INDEX finding_rule ON finding (account, rule) WHERE rule <> 0;

-- Filters and suppression rules.
CREATE TABLE filter (
  account     BIGINT NOT NULL,
  id          BIGINT NOT NULL,
  name        TEXT NOT NULL,
  action      TEXT NOT NULL,          -- NONE, SUPPRESS
  criteria    TEXT NOT NULL,          -- FilterCriteria as JSON
  description TEXT NOT NULL,
  reason      TEXT NOT NULL,
  owner       TEXT NOT NULL,          -- a person, Vigil's own
  expires     BIGINT NOT NULL,        -- Vigil's own; 0: never
  created     BIGINT NOT NULL,
  updated     BIGINT NOT NULL,
  hidden      BIGINT NOT NULL DEFAULT 0,  -- findings it suppresses now
  PRIMARY KEY (account, id),
  UNIQUE (account, name)
);

CREATE TABLE tag (
  account BIGINT NOT NULL,
  arn     TEXT NOT NULL,
  key     TEXT NOT NULL,
  value   TEXT NOT NULL,
  PRIMARY KEY (account, arn, key)
);

-- Answers to client tokens, so that a repeated request is done once.
CREATE TABLE client_token (
  account   BIGINT NOT NULL,
  operation TEXT NOT NULL,
  token     TEXT NOT NULL,
  request   TEXT NOT NULL,            -- digest
  answer    TEXT NOT NULL,
  created   BIGINT NOT NULL,
  PRIMARY KEY (account, operation, token)
);

-- Events, written with the change they tell of; delivery reads them in order and moves its position.
CREATE TABLE outbox (
--sqlite   sequence INTEGER PRIMARY KEY AUTOINCREMENT,
--postgres   sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account       BIGINT NOT NULL,
  kind          SMALLINT NOT NULL,    -- store::EventKind
  resource      BIGINT NOT NULL,
  vulnerability BIGINT NOT NULL,      -- 0 for events about a resource
  status        SMALLINT NOT NULL,
  severity      SMALLINT NOT NULL,
  time          BIGINT NOT NULL,
  detail        TEXT NOT NULL         -- JSON where the rows do not say it; mostly empty
);
-- The history of a resource, and of one of its findings, which are few enough to pass over the others.
CREATE INDEX outbox_resource ON outbox (account, resource, sequence, vulnerability);

-- History ----------------------------------------------------------------------------------------

-- Findings that became ACTIVE, by severity, and those that were ACTIVE and closed: counted with the
-- change, an hour a row.
CREATE TABLE activity (
  account BIGINT NOT NULL,
  hour    BIGINT NOT NULL,            -- its first second
  critical INTEGER NOT NULL, high INTEGER NOT NULL, medium INTEGER NOT NULL, low INTEGER NOT NULL,
  informational INTEGER NOT NULL, untriaged INTEGER NOT NULL,
  closed  INTEGER NOT NULL,
  PRIMARY KEY (account, hour)
)
--sqlite WITHOUT ROWID
;

-- ACTIVE findings and their risk as they last were on a day (UTC).
CREATE TABLE posture_day (
  account BIGINT NOT NULL,
  day     BIGINT NOT NULL,            -- its first second
  taken   BIGINT NOT NULL,
  critical INTEGER NOT NULL, high INTEGER NOT NULL, medium INTEGER NOT NULL, low INTEGER NOT NULL,
  informational INTEGER NOT NULL, untriaged INTEGER NOT NULL,
  risk    BIGINT NOT NULL,            -- findings/weight.h
  PRIMARY KEY (account, day)
)
--sqlite WITHOUT ROWID
;

-- What SQLite's planner believes of the tables: counts as in an installation of 100,000 resources, row and
-- rows per value of each first column, first two columns, ... of an index (sqlite.org/fileformat2.html,
-- 4.4). Without them it takes an account for a narrow choice, and walks all of its findings to save a
-- sort of a hundred; with them plans are the same everywhere. PostgreSQL counts by itself.
--sqlite ANALYZE setting;
--sqlite INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
--sqlite   ('assessment', 'assessment_resource_type', '30000 30000 10000 1'),
--sqlite   ('assessment', 'assessment_score', '30000 30000 300 1'),
--sqlite   ('assessment', 'assessment_severity', '30000 30000 6000 1'),
--sqlite   ('assessment', 'assessment_source', '30000 30000 6000 1'),
--sqlite   ('assessment', 'assessment_title', '30000 30000 6 1'),
--sqlite   ('assessment', 'assessment_type', '30000 30000 10000 1'),
--sqlite   ('assessment', 'assessment_vendor_severity', '30000 30000 5000 1'),
--sqlite   ('assessment', 'assessment_vulnerability', '30000 30000 6 1'),
--sqlite   ('assessment', 'sqlite_autoindex_assessment_1', '30000 30000 1'),
--sqlite   ('assessment_body', 'sqlite_autoindex_assessment_body_1', '30000 30000 1'),
--sqlite   ('assessment_package', 'assessment_package', '40000 40000 2 1'),
--sqlite   ('assessment_package', 'assessment_package_name', '40000 40000 20 1'),
--sqlite   ('assessment_fix', 'assessment_fix', '30000 30000 1 1'),
--sqlite   ('assessment_attribute', 'assessment_attribute', '60000 60000 2 2 1 1'),
--sqlite   ('assessment_attribute', 'assessment_attribute_value', '60000 60000 20000 10 1'),
--sqlite   ('finding', 'finding', '5000000 5000000 50 1'),
--sqlite   ('finding', 'finding_assessment', '5000000 5000000 200 100 1 1 1'),
--sqlite   ('finding', 'finding_delete', '250000 5000'),
--sqlite   ('finding', 'finding_first_observed', '5000000 5000000 10 5 1'),
--sqlite   ('finding', 'finding_last_observed', '250000 250000 5000 5 1'),
--sqlite   ('finding', 'finding_rule', '500000 500000 5000'),
--sqlite   ('finding', 'finding_updated', '5000000 5000000 10 5 1'),
--sqlite   ('resource', 'resource_critical', '100000 100000 30000 2000 200 1 1 1 1 1 1 1 1'),
--sqlite   ('outbox', 'outbox_resource', '1000000 1000000 10 1 1'),
--sqlite   ('resource', 'resource_name', '100000 100000 2 1'),
--sqlite   ('resource', 'resource_profile', '100000 100000 20 1'),
--sqlite   ('resource', 'resource_resource_id', '100000 100000 1'),
--sqlite   ('resource', 'resource_scanned', '100000 100000 2 1'),
--sqlite   ('resource', 'resource_status', '100000 100000 30000 28000 28000'),
--sqlite   ('resource', 'resource_type', '100000 100000 30000 1'),
--sqlite   ('resource', 'sqlite_autoindex_resource_1', '100000 100000 1'),
--sqlite   ('resource_attribute', 'resource_attribute', '1500000 1500000 15 2 1 1'),
--sqlite   ('resource_attribute', 'resource_attribute_number', '100000 100000 10000 5 1'),
--sqlite   ('resource_attribute', 'resource_attribute_value', '1500000 1500000 50000 20 1 1'),
--sqlite   ('resource_body', 'sqlite_autoindex_resource_body_1', '100000 100000 1'),
--sqlite   ('vulnerability', 'sqlite_autoindex_vulnerability_1', '15000 15000 1'),
--sqlite   ('vulnerability', 'vulnerability_due', '300 300 2 1'),
--sqlite   ('vulnerability', 'vulnerability_epss', '15000 15000 2 1'),
--sqlite   ('vulnerability', 'vulnerability_name', '15000 15000 1 1'),
--sqlite   ('vulnerability_body', 'sqlite_autoindex_vulnerability_body_1', '15000 15000 1'),
--sqlite   ('package_version', 'package_version_search', '50000 50000 5 3'),
--sqlite   ('package_version', 'package_version_subject', '50000 50000 20000 3 1'),
--sqlite   ('package_version', 'sqlite_autoindex_package_version_1', '50000 50000 1'),
--sqlite   ('package_set_member', 'package_set_member', '1000000 1000000 50 1'),
--sqlite   ('profile', 'profile_package_set', '10000 10000 5 1'),
--sqlite   ('profile', 'sqlite_autoindex_profile_1', '10000 10000 1');
