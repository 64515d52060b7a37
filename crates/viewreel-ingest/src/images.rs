//! Takes pictures in, and tells which are missing.

use crate::limits::MAX_MISSING_IMAGES;
use crate::{Ingest, IngestError, Outcome, OutcomeCounts};
use bytes::Bytes;
use viewreel_control::ProjectId;
use viewreel_format::{DeviceId, PictureHead};
use viewreel_model::ImageId;
use viewreel_store::{EncodedImage, ImageKept, ImageKey, NewSegment};

/// What became of one picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageOutcome {
    /// What became of it.
    pub outcome: Outcome,
    /// Where it is invalid: why.
    pub message: Option<String>,
    /// Where the quota is used up: when to send it again, by the server's wall
    /// clock, milliseconds since 1970.
    pub until_ms: Option<i64>,
}

impl ImageOutcome {
    const fn plain(outcome: Outcome) -> Self {
        Self { outcome, message: None, until_ms: None }
    }
}

impl From<ImageKept> for ImageOutcome {
    fn from(kept: ImageKept) -> Self {
        match kept {
            ImageKept::Stored => Self::plain(Outcome::Stored),
            ImageKept::Duplicate => Self::plain(Outcome::Duplicate),
            ImageKept::Conflict => Self::plain(Outcome::Conflict),
            ImageKept::OverQuota { until_ms } => {
                Self { until_ms: Some(until_ms), ..Self::plain(Outcome::Quota) }
            }
        }
    }
}

impl Ingest {
    /// Takes a picture, of which nothing but the first bytes is looked at. With the
    /// outcome `Stored` or `Duplicate` it survives a power loss.
    ///
    /// # Errors
    /// Where it fails, nothing is acknowledged and the request may be repeated.
    pub async fn accept_image(
        &self,
        project: ProjectId,
        device: DeviceId,
        id: ImageId,
        body: Bytes,
    ) -> Result<ImageOutcome, IngestError> {
        if body.is_empty() {
            return Err(IngestError::EmptyBody);
        }
        let outcome = match PictureHead::read(&body) {
            Ok(PictureHead { media_type, .. }) => {
                let image = EncodedImage { media_type, bytes: body };
                let key = ImageKey { device, id };
                self.store.keep_image(project, key, image).await?.into()
            }
            Err(why) => {
                let message = Some(why.to_string());
                ImageOutcome { message, ..ImageOutcome::plain(Outcome::Invalid) }
            }
        };
        self.images.count(outcome.outcome);
        Ok(outcome)
    }

    /// How often each outcome was given to a picture since the process started.
    #[must_use]
    pub fn image_counts(&self) -> OutcomeCounts {
        self.images.read()
    }

    /// The pictures that these segments bind and that did not come yet.
    pub(crate) async fn missing_images(
        &self,
        project: ProjectId,
        segments: impl Iterator<Item = &NewSegment>,
    ) -> Result<Vec<ImageKey>, IngestError> {
        let wanted = segments.flat_map(keys_of).collect();
        Ok(self.store.missing_images(project, &wanted, MAX_MISSING_IMAGES).await?)
    }
}

fn keys_of(segment: &NewSegment) -> impl Iterator<Item = ImageKey> + '_ {
    let device = segment.replay.device();
    segment.images.iter().map(move |&id| ImageKey { device: device.clone(), id })
}
