//! What the platform is asked to do, and what it says of it.

use std::path::PathBuf;
use viewreel_format::Outcome;
use viewreel_model::{ImageId, SegmentId};

/// What the platform should do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Send these files, one after the other, as the body of one request to
    /// `POST /api/v1/segments`.
    Upload(UploadTask),
    /// Send this file as the body of a request to
    /// `PUT /api/v1/images/{device_id}/{image_id}`.
    SendPicture(PictureTask),
    /// Fetch the project's config record from `GET /api/v1/config`.
    FetchConfig,
    /// Send this as the body of a request to `POST /api/v1/decisions`: why sessions
    /// have no replay.
    SendDecisions(Vec<u8>),
    /// Ask again after this long, in milliseconds, or when conditions change.
    Wait(u64),
    /// There is nothing to do until something is recorded or asked for.
    Done,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadTask {
    /// What its result is reported under: the names of its files, with `/` between
    /// them. A platform that sends while the app is gone keeps it, and reports to
    /// the recorder of a later process.
    pub id: String,
    /// The segments, in order.
    pub segments: Vec<SegmentId>,
    /// Their files, in the same order.
    pub files: Vec<PathBuf>,
    /// Bytes of all files.
    pub bytes: u64,
}

/// One picture to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureTask {
    /// What its result is reported under: the name of its file.
    pub id: String,
    /// Whose it is.
    pub device_id: String,
    /// Which picture.
    pub image_id: ImageId,
    /// Its file.
    pub file: PathBuf,
    /// Bytes of it.
    pub bytes: u64,
}

/// What became of sending a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureResult {
    /// Status 200, with its outcome.
    Answered(Outcome),
    /// Another status: nothing was stored.
    Refused {
        /// The status.
        status: u16,
        /// What `Retry-After` asks for, in milliseconds.
        retry_after_ms: Option<u64>,
    },
    /// The file cannot be read any more; nothing was sent.
    FileLost,
    /// No answer arrived.
    Unreachable,
}

/// What the server said of one segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Which segment.
    pub segment_id: SegmentId,
    /// What became of it.
    pub outcome: Outcome,
    /// For `quota` and `throttled`: the wall clock from which on it may be sent
    /// again, milliseconds since 1970 UTC.
    pub until_ms: Option<i64>,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadResult {
    /// Status 200, with an outcome for each segment.
    Answered(Vec<Answer>),
    /// Another status: nothing was stored.
    Refused {
        /// The status.
        status: u16,
        /// What `Retry-After` asks for, in milliseconds.
        retry_after_ms: Option<u64>,
    },
    /// A file of the task cannot be read any more; nothing was sent.
    FileLost {
        /// Its name.
        name: String,
    },
    /// No answer arrived. The server may or may not have stored the segments.
    Unreachable,
}

/// What became of fetching the config record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigResult {
    /// Status 200, with these bytes.
    Loaded(Vec<u8>),
    /// Status 404: the project has none.
    NotFound,
    /// Status 401: the server does not know the write key.
    Unauthorized,
    /// No answer arrived, or one of another status.
    Unreachable,
}

/// What became of sending decision records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionsResult {
    /// Status 204: the server has them.
    Taken,
    /// Another status of 4xx but 401, 408 and 429: it does not want them.
    Refused,
    /// Status 401: it does not know the write key.
    Unauthorized,
    /// No answer arrived, or one of another status.
    Unreachable,
}
