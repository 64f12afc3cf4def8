-- Training jobs: what was asked, where they stand, what they said and what they left.

CREATE TABLE job (
  id                text COLLATE "C" PRIMARY KEY,
  team              text COLLATE "C" NOT NULL DEFAULT 'default',
  -- What was asked; never changes.
  algorithm         text COLLATE "C" NOT NULL,
  version           text COLLATE "C" NOT NULL,
  engine            text COLLATE "C" NOT NULL,
  requester         text COLLATE "C" NOT NULL,
  request           json NOT NULL,
  tags              jsonb NOT NULL,
  created_at        timestamptz NOT NULL,
  -- Where it stands.
  status            text COLLATE "C" NOT NULL
                    CHECK (status IN ('Queued', 'InProgress', 'Stopping', 'Completed', 'Failed', 'Stopped')),
  secondary_status  text NOT NULL,
  message           text NOT NULL,
  launch            integer NOT NULL,
  launching         boolean NOT NULL,
  retries_left      integer NOT NULL,
  history           json NOT NULL,
  started_at        timestamptz,
  ended_at          timestamptz,
  failure           json,
  outputs           json,
  billable_seconds  bigint,
  metrics           json NOT NULL DEFAULT '{}',
  progress          double precision,
  progress_at       timestamptz,
  -- Counts what clients can see change; the ETag.
  revision          bigint NOT NULL DEFAULT 1,
  -- Counts every write, claims too; compare-and-set.
  lock_version      bigint NOT NULL DEFAULT 0,
  -- Numbers the events of this job, under this row's lock.
  events            bigint NOT NULL DEFAULT 0,
  -- How far the output has been taken in: of which launch, up to which byte and line.
  log_launch        integer NOT NULL DEFAULT 1,
  log_offset        bigint NOT NULL DEFAULT 0,
  log_bytes         bigint NOT NULL DEFAULT 0,
  log_lines         bigint NOT NULL DEFAULT 0,
  log_done          boolean NOT NULL DEFAULT false,
  -- Who works on it: only the owner under its lease's epoch writes.
  node              text COLLATE "C",
  owner             text COLLATE "C",
  owner_epoch       bigint,
  due_at            timestamptz,
  discarded         boolean NOT NULL DEFAULT false
) WITH (fillfactor = 75); -- Room for the next state of a row beside the last one.

-- due_at is null once nothing is left to do, so that finished jobs cost the loop nothing.
-- The loop looks at what it owns, at launched jobs that nobody owns, and at the head of each line.
CREATE INDEX job_owned ON job (owner, owner_epoch, due_at) WHERE owner IS NOT NULL AND due_at IS NOT NULL;
CREATE INDEX job_unowned ON job (due_at) WHERE owner IS NULL AND status <> 'Queued' AND due_at IS NOT NULL;
CREATE INDEX job_line ON job (engine, id) WHERE owner IS NULL AND status = 'Queued' AND due_at IS NOT NULL;
CREATE INDEX job_by_team ON job (team, id DESC);
CREATE INDEX job_by_version ON job (team, algorithm, version, id DESC);
CREATE INDEX job_by_algorithm ON job (team, algorithm, id DESC);
CREATE INDEX job_by_status ON job (team, status, id DESC);
CREATE INDEX job_by_algorithm_status ON job (team, algorithm, status, id DESC);
CREATE INDEX job_by_time ON job (team, created_at);
CREATE INDEX job_by_requester ON job (team, requester, id DESC);
CREATE INDEX job_by_tag ON job USING gin (tags jsonb_path_ops);

-- Terminal statuses are final, whoever writes.
CREATE FUNCTION job_end_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'job % has ended as % and cannot become %', OLD.id, OLD.status, NEW.status;
END $$;

CREATE TRIGGER job_end_is_final BEFORE UPDATE OF status ON job
  FOR EACH ROW WHEN (OLD.status IN ('Completed', 'Failed', 'Stopped') AND NEW.status <> OLD.status)
  EXECUTE FUNCTION job_end_is_final();

CREATE TABLE job_event (
  job      text COLLATE "C" NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  number   bigint NOT NULL,
  team     text COLLATE "C" NOT NULL DEFAULT 'default',
  at       timestamptz NOT NULL,
  type     text NOT NULL,
  data     json NOT NULL,
  -- Streams over all jobs read in the order of transactions, below the oldest one still open.
  xid      xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (job, number)
);

CREATE INDEX job_event_by_transaction ON job_event (xid, job, number);

CREATE TABLE job_log (
  job         text COLLATE "C" NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  first_line  bigint NOT NULL,
  lines       integer NOT NULL,
  content     bytea NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (job, first_line)
);

CREATE TABLE job_metric (
  job     text COLLATE "C" NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  line    bigint NOT NULL,
  name    text NOT NULL,
  value   double precision NOT NULL,
  at      timestamptz NOT NULL,
  PRIMARY KEY (job, name, line)
);

-- Who is at work: one lease for each replica, renewed in database time. A job is its owner's while the
-- lease with the job's epoch has not expired.
CREATE TABLE lease (
  replica     text COLLATE "C" PRIMARY KEY,
  epoch       bigint NOT NULL,
  node        text COLLATE "C" NOT NULL,
  expires_at  timestamptz NOT NULL
);
