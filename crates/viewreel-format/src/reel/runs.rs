//! The recording processes of a replay.

use super::pieces::Pieces;
use crate::bytes::Reader;
use crate::error::FormatError;
use crate::limits::MAX_REEL_RUNS;
use viewreel_model::Run;

/// A run and the wall clock at its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunAnchor {
    /// Which.
    pub run: Run,
    /// The phone's wall clock at record time 0, by the run's first segment,
    /// milliseconds since 1970 UTC.
    pub anchor_ms: i64,
}

pub(crate) fn write(runs: &[RunAnchor], origin_ms: i64) -> Pieces {
    let mut body = Pieces::default();
    body.add(|out| {
        out.count(runs.len());
        runs.iter().for_each(|run| out.bytes.extend_from_slice(&run.run.0.to_le_bytes()));
        runs.iter().for_each(|run| out.sv(run.anchor_ms.wrapping_sub(origin_ms)));
    });
    body
}

pub(crate) fn read(from: &mut Reader<'_>, origin_ms: i64) -> Result<Vec<RunAnchor>, FormatError> {
    let count = from.count("runs", MAX_REEL_RUNS)?;
    let runs: Vec<Run> =
        (0..count).map(|_| from.u64("a run").map(Run)).collect::<Result<_, _>>()?;
    let anchored = runs.into_iter().map(|run| {
        let anchor_ms = origin_ms.wrapping_add(from.sv("an anchor")?);
        Ok(RunAnchor { run, anchor_ms })
    });
    anchored.collect()
}
