-- Encoded pictures, one row and one object for each id of a device. `image_id`
-- is 8 bytes, big-endian; `media_type` is its number in the format.
CREATE TABLE images (
    project_id BIGINT NOT NULL REFERENCES projects (id),
    device_id TEXT NOT NULL,
    image_id BLOB NOT NULL,
    checksum BLOB NOT NULL,
    media_type BIGINT NOT NULL,
    object_key TEXT NOT NULL UNIQUE REFERENCES objects (object_key),
    byte_len BIGINT NOT NULL,
    received_at_ms BIGINT NOT NULL,
    PRIMARY KEY (project_id, device_id, image_id)
);

CREATE INDEX images_by_age ON images (received_at_ms);

-- Which pictures a replay shows, whether they have come or not. They go with
-- their replay; a picture without any goes some days after it came.
CREATE TABLE image_references (
    project_id BIGINT NOT NULL,
    device_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    image_id BLOB NOT NULL,
    PRIMARY KEY (project_id, device_id, session_id, image_id),
    FOREIGN KEY (project_id, device_id, session_id)
        REFERENCES replays (project_id, device_id, session_id) ON DELETE CASCADE
);

CREATE INDEX image_references_by_image ON image_references (project_id, device_id, image_id);
