-- Input data that clients upload: named, and versioned by its content.

-- What is, or is about to be, in the store under datasets/<digest>/. The row comes before the first
-- byte, so whatever dies on the way leaves a row that says what to take away. Contents belong to no
-- team: the same bytes are kept once.
CREATE TABLE dataset_content (
  digest      text COLLATE "C" PRIMARY KEY,
  manifest    text NOT NULL,
  size        bigint NOT NULL,
  files       integer NOT NULL,
  -- When somebody last wanted it there, in the database's time.
  claimed_at  timestamptz NOT NULL DEFAULT now(),
  -- Being taken away: nobody may rely on it until the row is gone.
  sweeping    boolean NOT NULL DEFAULT false
);

CREATE INDEX dataset_content_by_claim ON dataset_content (claimed_at);

CREATE SEQUENCE dataset_push;

CREATE TABLE dataset (
  team        text COLLATE "C" NOT NULL DEFAULT 'default',
  name        text COLLATE "C" NOT NULL,
  digest      text COLLATE "C" NOT NULL REFERENCES dataset_content (digest),
  created_at  timestamptz NOT NULL,
  created_by  text NOT NULL,
  -- The highest is what the name alone means; pushing old content again makes it the latest. A number
  -- and no time, since the clocks of replicas differ.
  push        bigint NOT NULL DEFAULT nextval('dataset_push'),
  PRIMARY KEY (team, name, digest)
);

CREATE INDEX dataset_latest ON dataset (team, name, push DESC);
CREATE INDEX dataset_by_content ON dataset (digest);
