//! What a recorder is told at its start.

use crate::content::PictureKey;
use viewreel_format::ReplayId;
use viewreel_model::MaskLevel;
use viewreel_model::record::ReplayMeta;

/// What a recorder is told at its start.
#[derive(Clone, Debug)]
pub struct Config {
    /// The replay that is recorded.
    pub replay: ReplayId,
    /// How much is masked.
    pub mask_level: MaskLevel,
    /// App and device.
    pub meta: ReplayMeta,
    /// Local time minus UTC, in minutes.
    pub utc_offset_min: i16,
    /// Under which pictures are named.
    pub picture_key: PictureKey,
}
