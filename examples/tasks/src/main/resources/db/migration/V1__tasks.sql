CREATE TABLE tasks (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The claim sub of whoever added it. It never changes; a user name may belong to somebody else one day.
  owner      text        NOT NULL,
  title      text        NOT NULL,
  done       boolean     NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX tasks_of_owner ON tasks (owner, id);
