use registry_types::Timestamp;
use rustler::types::atom;
use rustler::{Atom, Encoder, Env, NifStruct, Term};

/// A word of ours that becomes an atom. Takes `'static` text only, so that the number of atoms is
/// bounded by the size of our source.
pub(crate) struct Name(pub(crate) &'static str);

impl Encoder for Name {
    fn encode<'a>(&self, env: Env<'a>) -> Term<'a> {
        Atom::from_str(env, self.0).map_or_else(|_| atom::nil().encode(env), |a| a.encode(env))
    }
}

/// A float; the BEAM has none for infinity and NaN, and takes an attempt for an exception.
pub(crate) struct Real(pub(crate) f64);

impl Encoder for Real {
    fn encode<'a>(&self, env: Env<'a>) -> Term<'a> {
        Some(self.0).filter(|value| value.is_finite()).encode(env)
    }
}

/// Elixir's `DateTime` in UTC.
#[derive(NifStruct)]
#[module = "DateTime"]
#[rustler(encode)]
pub(crate) struct DateTimeTerm {
    calendar: Name,
    day: u32,
    hour: u32,
    microsecond: (u32, u32),
    minute: u32,
    month: u32,
    second: u32,
    std_offset: u32,
    time_zone: &'static str,
    utc_offset: u32,
    year: i32,
    zone_abbr: &'static str,
}

/// The day and the time of day of a moment; nothing for one that no calendar holds.
fn calendar(timestamp: Timestamp) -> Option<time::OffsetDateTime> {
    let nanos = i128::from(timestamp.micros()) * 1000;
    time::OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()
}

/// A moment as a tuple of year, month, day, hour, minute, second and microsecond in UTC;
/// `PackageRegistry.Package` makes a `DateTime` of it. `nil` for one that no calendar holds.
pub(super) struct Moment(pub(super) Option<Timestamp>);

impl Encoder for Moment {
    fn encode<'a>(&self, env: Env<'a>) -> Term<'a> {
        let moment = self.0.and_then(calendar).map(|t| {
            (
                t.year(),
                u32::from(u8::from(t.month())),
                u32::from(t.day()),
                u32::from(t.hour()),
                u32::from(t.minute()),
                u32::from(t.second()),
                t.microsecond(),
            )
        });
        moment.encode(env)
    }
}

/// A moment as a `DateTime`; nothing for one that no calendar holds.
pub(crate) fn time(timestamp: Option<Timestamp>) -> Option<DateTimeTerm> {
    let t = calendar(timestamp?)?;
    let precision = if t.microsecond() == 0 { 0 } else { 6 };
    Some(DateTimeTerm {
        calendar: Name("Elixir.Calendar.ISO"),
        year: t.year(),
        month: u32::from(u8::from(t.month())),
        day: u32::from(t.day()),
        hour: u32::from(t.hour()),
        minute: u32::from(t.minute()),
        second: u32::from(t.second()),
        microsecond: (t.microsecond(), precision),
        time_zone: "Etc/UTC",
        zone_abbr: "UTC",
        utc_offset: 0,
        std_offset: 0,
    })
}
