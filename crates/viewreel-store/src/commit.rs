//! The commit protocol: intent row, object, rows, and only then the answer.

use crate::error::StoreError;
use crate::index::read::Reading;
use crate::index::write::{Location, Settled, Writing};
use crate::object::Objects;
use crate::segment::{Checksum, Committed, NewSegment, ProjectId};
use crate::store::Inner;
use bytes::BytesMut;
use std::collections::{BTreeMap, BTreeSet};
use viewreel_format::ReplayId;
use viewreel_model::SegmentId;

/// Objects that hold the segments of one request.
const BLOCKS: &str = "blocks";

/// Objects that hold bytes whose id was taken by others.
const CONFLICTS: &str = "conflicts";

/// One request on its way to disk.
pub(crate) struct Commit<'a> {
    store: &'a Inner,
    objects: Objects<'a>,
    project: ProjectId,
    segments: &'a [NewSegment],
    checksums: Vec<Checksum>,
    received_at_ms: i64,
}

/// What the index says of a segment before anything is written. It may be
/// overtaken by another request, so the transaction asks again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Forecast {
    /// Its id is free: it goes into the block.
    Fresh,
    /// Its id is taken by other bytes: it is kept aside.
    Aside,
    /// Nothing has to be written.
    Known(Committed),
    /// It is the same as an earlier one of this request, by number, that is
    /// fresh: whatever becomes of that one.
    Echo(usize),
}

impl<'a> Commit<'a> {
    pub(crate) fn new(store: &'a Inner, project: ProjectId, segments: &'a [NewSegment]) -> Self {
        let checksums = segments.iter().map(|segment| Checksum::of(&segment.bytes)).collect();
        let received_at_ms = store.seams.wall_ms();
        let objects = Objects::at(store, received_at_ms);
        Self { store, objects, project, segments, checksums, received_at_ms }
    }

    /// Gives one outcome per segment, durable when it returns.
    pub(crate) async fn run(&self) -> Result<Vec<Committed>, StoreError> {
        let forecasts = self.forecast().await?;
        let block = self.write_object(BLOCKS, &forecasts, Forecast::Fresh).await?;
        let aside = match self.write_object(CONFLICTS, &forecasts, Forecast::Aside).await {
            Ok(aside) => aside,
            Err(error) => {
                self.discard_all(block.iter()).await;
                return Err(error);
            }
        };
        let written: Vec<&Object> = block.iter().chain(&aside).collect();
        let (outcomes, used) = self.settle(&forecasts, &written).await?;
        let unused = written.into_iter().filter(|object| !used.contains(&object.key));
        self.discard_all(unused).await;
        Ok(outcomes)
    }

    async fn forecast(&self) -> Result<Vec<Forecast>, StoreError> {
        let mut reading = self.store.index.reading().await?;
        // Slot → number of the first fresh segment of this request in it.
        let mut fresh: BTreeMap<(&ReplayId, SegmentId), usize> = BTreeMap::new();
        let mut forecasts = Vec::with_capacity(self.segments.len());
        for (number, segment) in self.segments.iter().enumerate() {
            let slot = (&segment.replay, segment.id);
            let forecast = match fresh.get(&slot) {
                Some(&first) if self.checksums[first] == self.checksums[number] => {
                    Forecast::Echo(first)
                }
                Some(_) => self.forecast_conflict(&mut reading, number).await?,
                None => self.forecast_one(&mut reading, number).await?,
            };
            if forecast == Forecast::Fresh {
                fresh.insert(slot, number);
            }
            forecasts.push(forecast);
        }
        Ok(forecasts)
    }

    async fn forecast_one(
        &self,
        reading: &mut Reading,
        number: usize,
    ) -> Result<Forecast, StoreError> {
        let segment = &self.segments[number];
        match reading.checksum(self.project, &segment.replay, segment.id).await? {
            None => Ok(Forecast::Fresh),
            Some(other) if other == self.checksums[number] => {
                Ok(Forecast::Known(Committed::Duplicate))
            }
            Some(_) => self.forecast_conflict(reading, number).await,
        }
    }

    /// The bytes of a conflict are kept once.
    async fn forecast_conflict(
        &self,
        reading: &mut Reading,
        number: usize,
    ) -> Result<Forecast, StoreError> {
        let (segment, checksum) = (&self.segments[number], self.checksums[number]);
        match reading.is_kept_aside(self.project, segment, checksum).await? {
            true => Ok(Forecast::Known(Committed::Conflict)),
            false => Ok(Forecast::Aside),
        }
    }

    /// Writes the segments of one forecast, one after the other, as one object;
    /// none where there is no such segment.
    async fn write_object(
        &self,
        kind: &str,
        forecasts: &[Forecast],
        wanted: Forecast,
    ) -> Result<Option<Object>, StoreError> {
        let chosen = forecasts.iter().enumerate().filter(|&(_, &forecast)| forecast == wanted);
        let mut object = Object::named(self.objects.name(kind));
        for (number, _) in chosen {
            object.add(number, &self.segments[number].bytes);
        }
        if object.starts.is_empty() {
            return Ok(None);
        }
        let bytes = std::mem::take(&mut object.bytes).freeze();
        self.objects.write(&object.key, bytes).await?;
        Ok(Some(object))
    }

    async fn discard_all<'o>(&self, objects: impl Iterator<Item = &'o Object>) {
        for object in objects {
            self.objects.discard(&object.key).await;
        }
    }

    /// The one transaction. Gives the outcomes and the objects that rows now
    /// speak of.
    async fn settle(
        &self,
        forecasts: &[Forecast],
        written: &[&Object],
    ) -> Result<(Vec<Committed>, BTreeSet<String>), StoreError> {
        let mut writing = self.store.index.writing(self.project, self.received_at_ms).await?;
        let mut used = BTreeSet::new();
        let mut outcomes = Vec::with_capacity(self.segments.len());
        for (number, &forecast) in forecasts.iter().enumerate() {
            outcomes.push(match forecast {
                Forecast::Known(outcome) => outcome,
                Forecast::Echo(first) => echo(outcomes[first]),
                Forecast::Fresh | Forecast::Aside => {
                    self.settle_one(&mut writing, number, written, &mut used).await?
                }
            });
        }
        writing.commit(&used).await?;
        Ok((outcomes, used))
    }

    async fn settle_one(
        &self,
        writing: &mut Writing,
        number: usize,
        written: &[&Object],
        used: &mut BTreeSet<String>,
    ) -> Result<Committed, StoreError> {
        let location = written.iter().find_map(|object| object.location(number));
        let location = location.ok_or(StoreError::Damaged { what: "the plan of a commit" })?;
        let (segment, checksum) = (&self.segments[number], self.checksums[number]);
        let Settled { outcome, is_used } = writing.settle(segment, checksum, &location).await?;
        if is_used {
            used.insert(location.object_key.to_owned());
        }
        Ok(outcome)
    }
}

/// What becomes of the same bytes when they come again.
const fn echo(first: Committed) -> Committed {
    match first {
        Committed::Stored | Committed::Duplicate => Committed::Duplicate,
        Committed::Conflict => Committed::Conflict,
    }
}

/// An object while it is being filled, and where its segments begin.
struct Object {
    key: String,
    bytes: BytesMut,
    /// Number of the segment → (start, length) in bytes.
    starts: BTreeMap<usize, (u64, u64)>,
}

impl Object {
    fn named(key: String) -> Self {
        Self { key, bytes: BytesMut::new(), starts: BTreeMap::new() }
    }

    fn add(&mut self, number: usize, bytes: &[u8]) {
        self.starts.insert(number, (self.bytes.len() as u64, bytes.len() as u64));
        self.bytes.extend_from_slice(bytes);
    }

    fn location(&self, number: usize) -> Option<Location<'_>> {
        let &(start, len) = self.starts.get(&number)?;
        Some(Location { object_key: &self.key, start, len })
    }
}
