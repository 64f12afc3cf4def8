-- What the loop reads and writes stays small, and has one owner.

-- The head of each line: jobs that a replica has claimed and not launched yet. Without it, whoever
-- follows thousands of running jobs passes over all of them to find the few that it may launch.
-- A job is in it from its claim to its launch; accepting one does not write it.
CREATE INDEX job_head ON job (owner, engine, id)
  WHERE owner IS NOT NULL AND status = 'Queued' AND due_at IS NOT NULL;

ALTER TABLE job DROP COLUMN discarded;

-- Whose mark "being taken away" is. One who was overtaken finds another's, and stops.
ALTER TABLE dataset_content ADD COLUMN sweeper text COLLATE "C";
ALTER TABLE algorithm_code ADD COLUMN sweeper text COLLATE "C";

-- The highest epoch among leases that were forgotten: a lease of the same name begins above it, so
-- that whoever slept for days does not take a new lease for the one that it had.
CREATE TABLE lease_forgotten (
  one    boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch  bigint NOT NULL
);

-- What this installation calls itself towards engines, unless its operator says so.
CREATE TABLE installation (
  one       boolean PRIMARY KEY DEFAULT true CHECK (one),
  id        text COLLATE "C" NOT NULL,
  known_at  timestamptz NOT NULL DEFAULT now()
);
