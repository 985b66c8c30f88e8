use crate::{Error, Result};

/// Reads a cooldown (`"7d"`, `"36h"`, `"2w"`; a bare number is days) as seconds.
///
/// ```
/// use registry_types::advice::parse_cooldown;
/// assert_eq!(parse_cooldown("7d")?, 7 * 86_400);
/// assert_eq!(parse_cooldown("36h")?, 36 * 3_600);
/// # Ok::<(), registry_types::Error>(())
/// ```
///
/// # Errors
/// `InvalidArgument` naming the text.
pub fn parse_cooldown(text: &str) -> Result<u64> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let seconds = match unit {
        "" | "d" => Some(86_400),
        "h" => Some(3_600),
        "m" => Some(60),
        "w" => Some(7 * 86_400),
        _ => None,
    };
    let number: Option<u64> = number.parse().ok();
    seconds
        .zip(number)
        .and_then(|(seconds, number)| number.checked_mul(seconds))
        .ok_or_else(|| {
            let shown: String = text.chars().take(32).collect();
            Error::invalid_argument(format!(
                "{shown:?} is no cooldown: write a number of days, hours or weeks, such as 7d, 36h or 2w"
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cooldowns_have_units() {
        assert_eq!(parse_cooldown("14"), Ok(14 * 86_400));
        assert_eq!(parse_cooldown("2w"), Ok(14 * 86_400));
        assert_eq!(parse_cooldown(" 90m "), Ok(5_400));
        for bad in [
            "",
            "d",
            "-1d",
            "1.5d",
            "7 days",
            "1y",
            "99999999999999999999d",
            "18446744073709551615w",
        ] {
            assert!(parse_cooldown(bad).is_err(), "{bad}");
        }
    }
}
