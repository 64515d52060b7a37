//! Rows of the index as the types of this crate.

use crate::error::StoreError;
use crate::replay::{ReplayRow, RunRow};
use crate::segment::{Checksum, SegmentFacts, SegmentRow};
use sqlx::FromRow;
use std::ops::Range;
use viewreel_format::ReplayId;
use viewreel_model::record::ReplayMeta;
use viewreel_model::{MaskLevel, Run, SegmentId, Size};

/// Where the bytes of a segment lie and what they must be.
pub(crate) struct Place {
    pub(crate) object_key: String,
    pub(crate) range: Range<u64>,
    pub(crate) checksum: Checksum,
}

#[derive(FromRow)]
pub(crate) struct PlaceColumns {
    object_key: String,
    byte_start: i64,
    byte_len: i64,
    checksum: Vec<u8>,
}

impl TryFrom<PlaceColumns> for Place {
    type Error = StoreError;

    fn try_from(row: PlaceColumns) -> Result<Self, StoreError> {
        let start = count(row.byte_start)?;
        Ok(Self {
            range: start..start + count(row.byte_len)?,
            checksum: checksum(&row.checksum)?,
            object_key: row.object_key,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct SegmentColumns {
    segment_id: Vec<u8>,
    run: Vec<u8>,
    seq: i64,
    record_start_ms: i64,
    record_end_ms: i64,
    byte_len: i64,
}

impl TryFrom<SegmentColumns> for SegmentRow {
    type Error = StoreError;

    fn try_from(row: SegmentColumns) -> Result<Self, StoreError> {
        let id: [u8; 16] = fixed(&row.segment_id)?;
        Ok(Self {
            id: SegmentId(u128::from_be_bytes(id)),
            run: run(&row.run)?,
            seq: u32::try_from(row.seq).map_err(|_| DAMAGED)?,
            record_start_ms: row.record_start_ms,
            record_end_ms: row.record_end_ms,
            byte_len: count(row.byte_len)?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct RunColumns {
    run: Vec<u8>,
    anchor_ms: i64,
}

impl TryFrom<RunColumns> for RunRow {
    type Error = StoreError;

    fn try_from(row: RunColumns) -> Result<Self, StoreError> {
        Ok(Self { run: run(&row.run)?, anchor_ms: row.anchor_ms })
    }
}

#[derive(FromRow)]
pub(crate) struct ReplayColumns {
    device_id: String,
    session_id: String,
    started_at_ms: i64,
    ended_at_ms: i64,
    segments: i64,
    byte_len: i64,
    received_at_ms: i64,
    #[sqlx(flatten)]
    facts: FactColumns,
}

impl TryFrom<ReplayColumns> for ReplayRow {
    type Error = StoreError;

    fn try_from(row: ReplayColumns) -> Result<Self, StoreError> {
        Ok(Self {
            started_at_ms: row.started_at_ms,
            duration_ms: u64::try_from(row.ended_at_ms - row.started_at_ms).unwrap_or(0),
            segments: count(row.segments)?,
            bytes: count(row.byte_len)?,
            received_at_ms: row.received_at_ms,
            facts: row.facts.try_into()?,
            id: ReplayId { device_id: row.device_id, session_id: row.session_id },
        })
    }
}

#[derive(FromRow)]
struct FactColumns {
    mask_level: i64,
    viewport_width: f64,
    viewport_height: f64,
    user_id: String,
    app_name: String,
    app_version: String,
    os_name: String,
    os_version: String,
    device_model: String,
    locale: String,
    sdk: String,
}

impl TryFrom<FactColumns> for SegmentFacts {
    type Error = StoreError;

    #[allow(clippy::cast_possible_truncation, reason = "they were single precision when stored")]
    fn try_from(row: FactColumns) -> Result<Self, StoreError> {
        let level = u8::try_from(row.mask_level).ok().and_then(MaskLevel::from_code);
        Ok(Self {
            mask_level: level.ok_or(DAMAGED)?,
            viewport: Size { width: row.viewport_width as f32, height: row.viewport_height as f32 },
            meta: ReplayMeta {
                user_id: row.user_id,
                app_name: row.app_name,
                app_version: row.app_version,
                os_name: row.os_name,
                os_version: row.os_version,
                device_model: row.device_model,
                locale: row.locale,
                sdk: row.sdk,
            },
        })
    }
}

const DAMAGED: StoreError = StoreError::Damaged { what: "a row of the index" };

pub(crate) fn checksum(bytes: &[u8]) -> Result<Checksum, StoreError> {
    fixed(bytes).map(Checksum)
}

fn run(bytes: &[u8]) -> Result<Run, StoreError> {
    fixed(bytes).map(|bytes| Run(u64::from_be_bytes(bytes)))
}

fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| DAMAGED)
}

fn count(value: i64) -> Result<u64, StoreError> {
    u64::try_from(value).map_err(|_| DAMAGED)
}
