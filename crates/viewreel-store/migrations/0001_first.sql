-- Ids, hashes and runs are binary and compare byte by byte; times are
-- milliseconds. SQL of every migration and query stays in the part that SQLite
-- and PostgreSQL share, but for the names of the binary types.

CREATE TABLE projects (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at_ms BIGINT NOT NULL
);

-- Write keys stand here as SHA-256 only.
CREATE TABLE write_keys (
    hash BLOB NOT NULL PRIMARY KEY,
    project_id BIGINT NOT NULL REFERENCES projects (id),
    created_at_ms BIGINT NOT NULL
);

-- One row per stored object. The row is there, as `pending`, before the first
-- byte of the object is written: it is how an orphan is found.
CREATE TABLE objects (
    object_key TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('pending', 'committed')),
    byte_len BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL
);

CREATE INDEX objects_by_state ON objects (state);

-- `run` is the number of the recording process, 8 bytes, big-endian.
-- Record times count from the start of the run.
CREATE TABLE segments (
    project_id BIGINT NOT NULL REFERENCES projects (id),
    device_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    segment_id BLOB NOT NULL,
    checksum BLOB NOT NULL,
    object_key TEXT NOT NULL REFERENCES objects (object_key),
    byte_start BIGINT NOT NULL,
    byte_len BIGINT NOT NULL,
    run BLOB NOT NULL,
    seq BIGINT NOT NULL,
    record_start_ms BIGINT NOT NULL,
    record_end_ms BIGINT NOT NULL,
    received_at_ms BIGINT NOT NULL,
    PRIMARY KEY (project_id, device_id, session_id, segment_id)
);

-- Segments whose id was taken by other bytes, kept aside.
CREATE TABLE conflicts (
    project_id BIGINT NOT NULL REFERENCES projects (id),
    device_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    segment_id BLOB NOT NULL,
    checksum BLOB NOT NULL,
    object_key TEXT NOT NULL REFERENCES objects (object_key),
    byte_start BIGINT NOT NULL,
    byte_len BIGINT NOT NULL,
    received_at_ms BIGINT NOT NULL,
    PRIMARY KEY (project_id, device_id, session_id, segment_id, checksum)
);

-- What each run of a replay says, taken from its segment with the lowest seq.
-- `anchor_ms` is the phone's wall clock at the start of the run.
CREATE TABLE runs (
    project_id BIGINT NOT NULL REFERENCES projects (id),
    device_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    run BLOB NOT NULL,
    first_seq BIGINT NOT NULL,
    anchor_ms BIGINT NOT NULL,
    record_start_ms BIGINT NOT NULL,
    record_end_ms BIGINT NOT NULL,
    mask_level BIGINT NOT NULL,
    viewport_width DOUBLE PRECISION NOT NULL,
    viewport_height DOUBLE PRECISION NOT NULL,
    user_id TEXT NOT NULL,
    app_name TEXT NOT NULL,
    app_version TEXT NOT NULL,
    os_name TEXT NOT NULL,
    os_version TEXT NOT NULL,
    device_model TEXT NOT NULL,
    locale TEXT NOT NULL,
    sdk TEXT NOT NULL,
    PRIMARY KEY (project_id, device_id, session_id, run)
);

-- One row per replay, for the list. Wall clocks are the phone's but for
-- `received_at_ms`, which is the server's.
CREATE TABLE replays (
    project_id BIGINT NOT NULL REFERENCES projects (id),
    device_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    first_run BLOB NOT NULL,
    started_at_ms BIGINT NOT NULL,
    ended_at_ms BIGINT NOT NULL,
    segments BIGINT NOT NULL,
    byte_len BIGINT NOT NULL,
    received_at_ms BIGINT NOT NULL,
    PRIMARY KEY (project_id, device_id, session_id)
);

CREATE INDEX replays_by_start ON replays (project_id, started_at_ms, device_id, session_id);
