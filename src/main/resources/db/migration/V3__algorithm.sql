-- The catalogue: algorithms, their immutable versions, and names that point at versions.

CREATE TABLE algorithm (
  -- Unique in the installation, not only in the team: URLs and store keys carry it and never change.
  name        text COLLATE "C" PRIMARY KEY,
  team        text COLLATE "C" NOT NULL DEFAULT 'default',
  created_at  timestamptz NOT NULL,
  created_by  text NOT NULL
);

CREATE TABLE algorithm_version (
  algorithm          text COLLATE "C" NOT NULL REFERENCES algorithm (name),
  version            text COLLATE "C" NOT NULL,
  team               text COLLATE "C" NOT NULL DEFAULT 'default',
  -- Sorts bytewise in SemVer precedence.
  sort_key           text COLLATE "C" NOT NULL,
  release            boolean NOT NULL,
  -- What never changes: the code and what it declares.
  code_sha256        text COLLATE "C" NOT NULL,
  code_size          bigint NOT NULL,
  descriptor         json NOT NULL,
  files              json NOT NULL,
  notices            json NOT NULL,
  description        text NOT NULL,
  runtime            text NOT NULL,
  source_repository  text,
  source_revision    text,
  pipeline_url       text,
  published_at       timestamptz NOT NULL,
  published_by       text NOT NULL,
  -- What an operator may change.
  status             text NOT NULL CHECK (status IN ('available', 'deprecated', 'disabled')),
  status_reason      text,
  sunset_at          timestamptz,
  status_changed_at  timestamptz NOT NULL,
  revision           bigint NOT NULL,
  PRIMARY KEY (algorithm, version)
);

CREATE INDEX algorithm_version_by_precedence ON algorithm_version (algorithm, sort_key DESC);

CREATE TABLE algorithm_alias (
  algorithm   text COLLATE "C" NOT NULL,
  alias       text COLLATE "C" NOT NULL,
  team        text COLLATE "C" NOT NULL DEFAULT 'default',
  version     text COLLATE "C" NOT NULL,
  revision    bigint NOT NULL,
  changed_at  timestamptz NOT NULL,
  changed_by  text NOT NULL,
  PRIMARY KEY (algorithm, alias),
  FOREIGN KEY (algorithm, version) REFERENCES algorithm_version (algorithm, version)
);

-- A published version's code and descriptor are a promise; nothing may rewrite them.
CREATE FUNCTION algorithm_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.algorithm, NEW.version, NEW.team, NEW.sort_key, NEW.release, NEW.code_sha256, NEW.code_size,
      NEW.descriptor::text, NEW.files::text, NEW.published_at, NEW.published_by)
     IS DISTINCT FROM
     (OLD.algorithm, OLD.version, OLD.team, OLD.sort_key, OLD.release, OLD.code_sha256, OLD.code_size,
      OLD.descriptor::text, OLD.files::text, OLD.published_at, OLD.published_by) THEN
    RAISE EXCEPTION 'version % of % is immutable', OLD.version, OLD.algorithm;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER algorithm_version_is_immutable BEFORE UPDATE ON algorithm_version
  FOR EACH ROW EXECUTE FUNCTION algorithm_version_is_immutable();
