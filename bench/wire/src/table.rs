//! The tables, as Markdown.

use crate::measure::Measured;
use crate::moves::Cost;

/// All tables, one below the other.
pub(crate) fn all(measured: &[Measured], costs: &[Cost], remark: &str) -> String {
    [
        bytes(measured),
        ratios(measured),
        summary(measured),
        parts(measured),
        long_uploads(measured),
        times(measured),
        moves(costs),
        remark.to_owned(),
    ]
    .join("\n\n")
}

fn table(title: &str, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let head_line = line(head.iter().map(|cell| (*cell).to_owned()).collect());
    let rule = format!("|{}", "---|".repeat(head.len()));
    let rows = rows.into_iter().map(line);
    let lines = [format!("**{title}**\n"), head_line, rule].into_iter().chain(rows);
    lines.collect::<Vec<_>>().join("\n")
}

fn bytes(measured: &[Measured]) -> String {
    let head = [
        "scenario",
        "nodes",
        "changed captures",
        "(a) Viewreel",
        "(b) Datadog shape",
        "(c) rrweb",
        "(c′) rrweb, seekable every 30 s",
        "(d) PostHog shape",
        "(e) JSON, zstd 19",
        "(e′) the same, cut",
        "(f) video, 40 kbit/s",
    ];
    let row = |one: &Measured| {
        let weigh = |bytes: usize| whole(one.per_minute(bytes));
        vec![
            one.name.clone(),
            one.nodes.to_string(),
            format!("{} of {}", one.changed, one.captures),
            weigh(one.viewreel),
            weigh(one.datadog.bytes),
            one.rrweb.as_ref().map_or_else(none, |rrweb| weigh(rrweb.plain.in_twos)),
            one.rrweb.as_ref().map_or_else(none, |rrweb| weigh(rrweb.seekable.in_twos)),
            weigh(one.posthog.bytes),
            weigh(one.floor.bytes),
            weigh(one.cut_floor.bytes),
            one.video.map_or_else(none, weigh),
        ]
    };
    let table = table("Bytes a minute", &head, measured.iter().map(row));
    format!("{table}\n\n(f) shows one picture a second: no text, no tree and nothing between.")
}

/// How many times more than Viewreel, by column.
type Ratio = (&'static str, fn(&Measured) -> Option<f64>);

const RATIOS: [Ratio; 7] = [
    ("Datadog shape", |one| Some(times_ours(one, one.datadog.bytes))),
    ("rrweb", |one| one.rrweb.as_ref().map(|rrweb| times_ours(one, rrweb.plain.in_twos))),
    ("rrweb, seekable", |one| {
        one.rrweb.as_ref().map(|rrweb| times_ours(one, rrweb.seekable.in_twos))
    }),
    ("PostHog shape", |one| Some(times_ours(one, one.posthog.bytes))),
    ("JSON, zstd 19", |one| Some(times_ours(one, one.floor.bytes))),
    ("the same, cut", |one| Some(times_ours(one, one.cut_floor.bytes))),
    ("video", |one| one.video.map(|bytes| times_ours(one, bytes))),
];

fn times_ours(one: &Measured, bytes: usize) -> f64 {
    bytes as f64 / one.viewreel.max(1) as f64
}

fn ratios(measured: &[Measured]) -> String {
    let names = RATIOS.iter().map(|(name, _)| *name);
    let head: Vec<&str> = std::iter::once("scenario").chain(names).collect();
    let cell = |ratio: Option<f64>| ratio.map_or_else(none, |ratio| format!("{ratio:.2}"));
    let row = |one: &Measured| {
        let cells = RATIOS.iter().map(|(_, ratio)| cell(ratio(one)));
        std::iter::once(one.name.clone()).chain(cells).collect()
    };
    let title = "How many times Viewreel's bytes (above 1: Viewreel is smaller)";
    table(title, &head, measured.iter().map(row))
}

fn summary(measured: &[Measured]) -> String {
    let set: Vec<&Measured> = measured.iter().filter(|one| one.is_scenario).collect();
    let own = |one: &&Measured| one.per_minute(one.viewreel);
    let (median, worst) = middle_and_end(set.iter().map(own).collect(), f64::max);
    let mean = set.iter().map(own).sum::<f64>() / set.len().max(1) as f64;
    let numbers = [mean, median, worst].map(whole);
    let ours = std::iter::once("Viewreel, bytes a minute".to_owned()).chain(numbers).collect();
    let ratios = RATIOS.iter().filter_map(|ratio| ratio_row(&set, *ratio));
    let rows: Vec<_> = std::iter::once(ours).chain(ratios).collect();
    let title = "The set: the scenarios without the trace and the virtual phone";
    table(title, &["", "all together", "median", "worst for Viewreel"], rows)
}

/// How many times the bytes of Viewreel another one takes; `None` where it was
/// not measured.
fn ratio_row(set: &[&Measured], (name, ratio): Ratio) -> Option<Vec<String>> {
    let all = set.iter().map(|one| ratio(one)).collect::<Option<Vec<f64>>>()?;
    let own: Vec<f64> = set.iter().map(|one| one.per_minute(one.viewreel)).collect();
    let theirs: f64 = all.iter().zip(&own).map(|(ratio, own)| ratio * own).sum();
    let (median, least) = middle_and_end(all, f64::min);
    let numbers = [theirs / own.iter().sum::<f64>(), median, least];
    let cells = numbers.map(|number| format!("{number:.2}"));
    let name = format!("{name}, times Viewreel's bytes");
    Some(std::iter::once(name).chain(cells).collect())
}

/// The cell of what was not measured.
fn none() -> String {
    "–".to_owned()
}

fn whole(value: f64) -> String {
    format!("{value:.0}")
}

/// The median, and the extreme that `end` chooses.
fn middle_and_end(mut values: Vec<f64>, end: fn(f64, f64) -> f64) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    let median = match values.len() {
        0 => 0.0,
        count if count % 2 == 0 => (values[half - 1] + values[half]) / 2.0,
        _ => values[half],
    };
    (median, values.into_iter().reduce(end).unwrap_or_default())
}

fn parts(measured: &[Measured]) -> String {
    let names = crate::parts::names();
    let head: Vec<&str> = ["scenario", "segments"].into_iter().chain(names).collect();
    let row = |one: &Measured| {
        let cells = one.parts.map(|(_, bytes)| whole(bytes / one.minutes));
        [one.name.clone(), one.segments.to_string()].into_iter().chain(cells).collect()
    };
    table("What Viewreel's bytes a minute are for", &head, measured.iter().map(row))
}

fn long_uploads(measured: &[Measured]) -> String {
    let head = [
        "scenario",
        "Datadog shape, 10 s",
        "ratio",
        "rrweb, 10 s",
        "ratio",
        "rrweb, seekable, 10 s",
        "ratio",
    ];
    let row = |one: &Measured| {
        let cells = |bytes: Option<usize>| match bytes {
            None => [none(), none()],
            Some(bytes) => [whole(one.per_minute(bytes)), format!("{:.2}", times_ours(one, bytes))],
        };
        let all = [
            Some(one.datadog_long.bytes),
            one.rrweb.as_ref().map(|rrweb| rrweb.plain.in_tens),
            one.rrweb.as_ref().map(|rrweb| rrweb.seekable.in_tens),
        ];
        std::iter::once(one.name.clone()).chain(all.into_iter().flat_map(cells)).collect()
    };
    let title = "If the others uploaded every 10 seconds: bytes a minute, times Viewreel's";
    table(title, &head, measured.iter().map(row))
}

fn times(measured: &[Measured]) -> String {
    let head = ["scenario", "Viewreel", "Datadog shape, this re-implementation"];
    let micros = |time: std::time::Duration| format!("{:.1} µs", time.as_secs_f64() * 1e6);
    let row = |one: &Measured| vec![one.name.clone(), micros(one.time), micros(one.datadog_time)];
    let title = format!(
        "Diff and encode, time of one changed capture, best of {} rounds, one thread",
        crate::measure::ROUNDS
    );
    table(&title, &head, measured.iter().map(row))
}

fn moves(costs: &[Cost]) -> String {
    let head = [
        "siblings",
        "Datadog shape: operations",
        "JSON bytes",
        "zlib bytes",
        "Viewreel: operations",
        "bytes in a segment",
    ];
    let row = |cost: &Cost| {
        let numbers = [
            cost.siblings,
            cost.peer_operations,
            cost.peer_json_bytes,
            cost.peer_zlib_bytes,
            cost.operations,
            cost.bytes,
        ];
        numbers.iter().map(usize::to_string).collect()
    };
    table("One of n siblings comes to the front", &head, costs.iter().map(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_lies_between_the_middle_two() {
        assert_eq!(middle_and_end(vec![4.0, 1.0, 2.0, 9.0], f64::max), (3.0, 9.0));
        assert_eq!(middle_and_end(vec![4.0, 1.0, 9.0], f64::min), (4.0, 1.0));
    }
}
