-- Why sessions have no replay: what the record that came last says. `reason` is
-- its number in the format; `received_at_ms` is by the server's clock.
CREATE TABLE decisions (
    project_id BIGINT NOT NULL REFERENCES projects (id),
    device_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    reason BIGINT NOT NULL,
    received_at_ms BIGINT NOT NULL,
    PRIMARY KEY (project_id, device_id, session_id)
);

CREATE INDEX decisions_by_age ON decisions (received_at_ms);
