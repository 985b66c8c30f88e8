use registry_types::VersionEntry;
use rustler::types::atom;
use rustler::{Encoder, Env, Term};

use super::package::RetirementTerm;
use super::scalar::calendar;

mod word {
    rustler::atoms! {
        // Keys of a version, in the order in which the VM keeps them: it need not sort them then.
        deprecated, prerelease, published_at, retired, version, yanked,
        // Keys of a `DateTime`, likewise.
        __struct__, calendar, day, hour, microsecond, minute, month, second, std_offset, time_zone,
        utc_offset, year, zone_abbr,
        date_time = "Elixir.DateTime",
        iso = "Elixir.Calendar.ISO",
    }
}

/// The versions of a package. An answer to a search has hundreds, and their times were half of its
/// cost: what all of them share is made once.
pub(super) struct VersionsTerm<'p>(pub(super) &'p [VersionEntry]);

impl Encoder for VersionsTerm<'_> {
    fn encode<'a>(&self, env: Env<'a>) -> Term<'a> {
        let shape = Shape::new(env);
        let versions: Vec<Term<'a>> = self.0.iter().map(|entry| shape.version(entry)).collect();
        versions.encode(env)
    }
}

/// What the maps of all versions have in common.
struct Shape<'a> {
    env: Env<'a>,
    version: [Term<'a>; 6],
    time: [Term<'a>; 13],
    module: Term<'a>,
    iso: Term<'a>,
    zero: Term<'a>,
    /// The fraction of a time that has none.
    whole: Term<'a>,
    zone: Term<'a>,
    abbreviation: Term<'a>,
    nil: Term<'a>,
}

impl<'a> Shape<'a> {
    fn new(env: Env<'a>) -> Self {
        let version = [
            word::deprecated(),
            word::prerelease(),
            word::published_at(),
            word::retired(),
            word::version(),
            word::yanked(),
        ];
        let time = [
            word::__struct__(),
            word::calendar(),
            word::day(),
            word::hour(),
            word::microsecond(),
            word::minute(),
            word::month(),
            word::second(),
            word::std_offset(),
            word::time_zone(),
            word::utc_offset(),
            word::year(),
            word::zone_abbr(),
        ];
        Self {
            env,
            version: version.map(|key| key.encode(env)),
            time: time.map(|key| key.encode(env)),
            module: word::date_time().encode(env),
            iso: word::iso().encode(env),
            zero: 0_u32.encode(env),
            whole: (0_u32, 0_u32).encode(env),
            zone: "Etc/UTC".encode(env),
            abbreviation: "UTC".encode(env),
            nil: atom::nil().encode(env),
        }
    }

    fn version(&self, entry: &VersionEntry) -> Term<'a> {
        let env = self.env;
        let retired = entry.retired.as_ref().map(RetirementTerm::from);
        let values = [
            entry.deprecated.as_deref().encode(env),
            entry.prerelease.encode(env),
            self.time(entry),
            retired.encode(env),
            entry.version.encode(env),
            entry.yanked.encode(env),
        ];
        self.map(&self.version, &values)
    }

    fn time(&self, entry: &VersionEntry) -> Term<'a> {
        let Some(t) = entry.published_at.and_then(calendar) else {
            return self.nil;
        };
        let number = |n: u8| u32::from(n).encode(self.env);
        let fraction = match t.microsecond() {
            0 => self.whole,
            micros => (micros, 6_u32).encode(self.env),
        };
        let values = [
            self.module,
            self.iso,
            number(t.day()),
            number(t.hour()),
            fraction,
            number(t.minute()),
            number(t.month().into()),
            number(t.second()),
            self.zero,
            self.zone,
            self.zero,
            t.year().encode(self.env),
            self.abbreviation,
        ];
        self.map(&self.time, &values)
    }

    fn map(&self, keys: &[Term<'a>], values: &[Term<'a>]) -> Term<'a> {
        // It fails on keys that are there twice only.
        Term::map_from_term_arrays(self.env, keys, values).unwrap_or(self.nil)
    }
}
