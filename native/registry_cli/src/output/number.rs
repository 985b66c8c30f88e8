//! Numbers for people.

/// `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1.2M`: three digits at most.
pub(crate) fn short(number: u64) -> String {
    scaled(number, 1000, &["", "k", "M", "G", "T"])
}

/// `1.2 MiB`.
pub(crate) fn bytes(number: u64) -> String {
    scaled(number, 1024, &[" B", " KiB", " MiB", " GiB", " TiB"])
}

fn scaled(number: u64, step: u64, units: &[&str]) -> String {
    let mut unit = 0;
    let mut divisor = 1;
    while number / divisor >= step && unit + 1 < units.len() {
        divisor *= step;
        unit += 1;
    }
    let whole = number / divisor;
    let tenth = number % divisor * 10 / divisor;
    let name = units.get(unit).copied().unwrap_or_default();
    if divisor > 1 && whole < 10 {
        format!("{whole}.{tenth}{name}")
    } else {
        format!("{whole}{name}")
    }
}

/// `3 releases`, `1 release`.
pub(crate) fn count(number: u64, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        grouped(number),
        if number == 1 { one } else { many }
    )
}

/// `0.8 s`, `12 ms`.
pub(crate) fn time(duration: std::time::Duration) -> String {
    if duration.as_millis() < 1000 {
        format!("{} ms", duration.as_millis())
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn numbers() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(short(999), "999");
        assert_eq!(short(1234), "1.2k");
        assert_eq!(short(123_456_789), "123M");
        assert_eq!(bytes(1023), "1023 B");
        assert_eq!(bytes(1536), "1.5 KiB");
        assert_eq!(bytes(u64::MAX), "16777215 TiB");
        assert_eq!(count(1, "release", "releases"), "1 release");
        assert_eq!(count(1500, "release", "releases"), "1,500 releases");
        assert_eq!(time(Duration::from_millis(12)), "12 ms");
        assert_eq!(time(Duration::from_millis(2340)), "2.3 s");
    }
}
