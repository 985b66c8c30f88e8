//! How bad: CVSS vectors, scores and words.

use registry_types::{Cvss, Severity};

/// Scores a CVSS vector of version 2, 3.0, 3.1 or 4.0; `None` if it is none.
///
/// ```
/// use registry_protocols::osv::score;
/// let cvss = score("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H").unwrap();
/// assert_eq!((cvss.version.as_str(), cvss.score), ("3.1", 9.8));
/// ```
#[must_use]
pub fn score(vector: &str) -> Option<Cvss> {
    const LONGEST: usize = 512;
    let vector = vector.trim().trim_end_matches('/');
    if vector.len() > LONGEST || !vector.is_ascii() {
        return None;
    }
    let bare = vector.strip_prefix("CVSS:2.0/").unwrap_or(vector);
    let parsed: cvss::Cvss = bare.parse().ok()?;
    let version = match parsed {
        cvss::Cvss::CvssV20(_) => "2.0",
        cvss::Cvss::CvssV30(_) => "3.0",
        cvss::Cvss::CvssV31(_) => "3.1",
        cvss::Cvss::CvssV40(_) => "4.0",
        _ => return None,
    };
    Some(Cvss {
        version: version.to_owned(),
        vector: vector.to_owned(),
        score: parsed.score(),
    })
}

/// The rating of a CVSS score (the qualitative scale of CVSS 3 and 4).
#[must_use]
pub fn severity_of_score(score: f64) -> Severity {
    match score {
        s if s >= 9.0 => Severity::Critical,
        s if s >= 7.0 => Severity::High,
        s if s >= 4.0 => Severity::Medium,
        s if s > 0.0 => Severity::Low,
        0.0 => Severity::None,
        _ => Severity::Unknown,
    }
}

/// The rating a database gives in a word, in any case.
#[must_use]
pub fn severity_of_word(word: &str) -> Severity {
    match word.trim().to_ascii_lowercase().as_str() {
        "critical" => Severity::Critical,
        "high" | "important" => Severity::High,
        "moderate" | "medium" => Severity::Medium,
        "low" => Severity::Low,
        "none" | "info" => Severity::None,
        _ => Severity::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_of_cvss() {
        let cases = [
            ("AV:N/AC:L/Au:N/C:P/I:P/A:P", "2.0", 7.5),
            ("CVSS:2.0/AV:N/AC:L/Au:N/C:P/I:P/A:P", "2.0", 7.5),
            ("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "3.0", 10.0),
            ("CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N", "3.1", 1.8),
            (
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
                "4.0",
                9.3,
            ),
        ];
        for (vector, version, value) in cases {
            let cvss = score(vector).unwrap();
            assert_eq!((cvss.version.as_str(), cvss.score), (version, value));
            assert_eq!(cvss.vector, vector);
        }
    }

    #[test]
    fn what_is_no_vector_is_none() {
        for text in [
            "",
            "7.5",
            "HIGH",
            "CVSS:3.1",
            "CVSS:9.9/AV:N",
            "CVSS:3.1/AV:X",
            "é/é",
            "CVSS:3.1/",
        ] {
            assert_eq!(score(text), None, "{text}");
        }
        assert_eq!(score(&format!("CVSS:3.1/{}", "AV:N/".repeat(1000))), None);
    }

    #[test]
    fn ratings() {
        assert_eq!(severity_of_score(f64::NAN), Severity::Unknown);
        assert_eq!(severity_of_score(f64::from(6.9_f32)), Severity::Medium);
        assert_eq!(severity_of_score(0.0), Severity::None);
        assert_eq!(severity_of_word("MODERATE"), Severity::Medium);
        assert_eq!(severity_of_word("dire"), Severity::Unknown);
    }
}
