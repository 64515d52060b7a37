//! The names of stored objects.

const MS_PER_DAY: i64 = 86_400_000;

/// The name of a new object: `<kind>/<year>/<month>/<day>/<random>`, so that
/// directories stay small and an operator can tell the age of what he sees.
pub(crate) fn object_key(kind: &str, wall_ms: i64, random: u128) -> String {
    let (year, month, day) = civil(wall_ms.div_euclid(MS_PER_DAY));
    format!("{kind}/{year:04}/{month:02}/{day:02}/{random:032x}")
}

/// Year, month and day of a number of days since 1970-01-01, after Howard
/// Hinnant's "chrono-compatible low-level date algorithms": years begin in
/// March, so that the leap day is the last of its year.
fn civil(days: i64) -> (i64, i64, i64) {
    const DAYS_PER_ERA: i64 = 146_097;
    let since_era_0 = days + 719_468;
    let era = since_era_0.div_euclid(DAYS_PER_ERA);
    let day_of_era = since_era_0.rem_euclid(DAYS_PER_ERA);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(days: i64, expected: (i64, i64, i64)) {
        assert_eq!(civil(days), expected, "day {days}");
    }

    #[test]
    fn days_become_dates_across_leap_years_and_before_1970() {
        check(0, (1970, 1, 1));
        check(-1, (1969, 12, 31));
        check(11_016, (2000, 2, 29));
        check(11_017, (2000, 3, 1));
        check(20_423, (2025, 12, 1));
        check(-719_468, (0, 3, 1));
    }

    #[test]
    fn an_object_key_shows_its_day_and_its_number() {
        let key = object_key("blocks", 1_764_547_200_000, 0xab);
        assert_eq!(key, "blocks/2025/12/01/000000000000000000000000000000ab");
    }
}
