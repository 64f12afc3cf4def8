-- What keeps an installation healthy over months.

-- Whose turn it is: a chore that one replica does for all is done by whoever moves its next turn.
CREATE TABLE chore (
  name    text COLLATE "C" PRIMARY KEY,
  due_at  timestamptz NOT NULL
);

-- Which store belongs to this database. A replica that is given another one must not start: it would
-- miss what the others have stored.
CREATE TABLE store_identity (
  one       boolean PRIMARY KEY DEFAULT true CHECK (one),
  id        text COLLATE "C" NOT NULL,
  known_at  timestamptz NOT NULL DEFAULT now()
);

-- What is, or is about to be, in the store under code/. The row comes before the first byte, so
-- whatever dies on the way leaves a row that says what to take away.
CREATE TABLE algorithm_code (
  sha256      text COLLATE "C" PRIMARY KEY,
  -- When somebody last wanted it there, in the database's time.
  claimed_at  timestamptz NOT NULL DEFAULT now(),
  -- Being taken away: nobody may rely on it until the row is gone.
  sweeping    boolean NOT NULL DEFAULT false
);

CREATE INDEX algorithm_code_by_claim ON algorithm_code (claimed_at);
CREATE INDEX algorithm_version_by_code ON algorithm_version (code_sha256);

-- Logs and files of jobs that ended long ago go. First nobody may read them any more (expired_at),
-- then they are deleted, and then that is noted (emptied_at); whatever dies between is done again.
ALTER TABLE job ADD COLUMN expired_at timestamptz, ADD COLUMN emptied_at timestamptz;

CREATE INDEX job_to_expire ON job (ended_at) WHERE ended_at IS NOT NULL AND expired_at IS NULL;
CREATE INDEX job_to_empty ON job (id) WHERE expired_at IS NOT NULL AND emptied_at IS NULL;
