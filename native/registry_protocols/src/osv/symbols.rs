//! Which parts of a package carry the fault, in each database's own words.

use serde::Deserialize;

use crate::common::lenient;

/// `ecosystem_specific` of an affected package.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct EcosystemSpecific {
    /// RustSec's.
    #[serde(deserialize_with = "lenient::or_default")]
    affects: Affects,
    /// GitHub's.
    #[serde(deserialize_with = "lenient::texts")]
    affected_functions: Vec<String>,
    /// Go's, and Python's in the same spirit.
    #[serde(deserialize_with = "lenient::list")]
    imports: Vec<Import>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Affects {
    #[serde(deserialize_with = "lenient::texts")]
    functions: Vec<String>,
    #[serde(deserialize_with = "lenient::texts")]
    os: Vec<String>,
    #[serde(deserialize_with = "lenient::texts")]
    arch: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Import {
    #[serde(deserialize_with = "lenient::text")]
    path: Option<String>,
    #[serde(deserialize_with = "lenient::texts")]
    symbols: Vec<String>,
    #[serde(deserialize_with = "lenient::text")]
    attribute: Option<String>,
    #[serde(deserialize_with = "lenient::texts")]
    modules: Vec<String>,
}

impl EcosystemSpecific {
    /// The affected symbols in the order given.
    pub(super) fn symbols(&self) -> Vec<String> {
        let functions = self
            .affects
            .functions
            .iter()
            .chain(&self.affected_functions);
        let mut symbols: Vec<String> = functions.cloned().collect();
        for import in &self.imports {
            import.push_to(&mut symbols);
        }
        symbols
    }

    pub(super) fn operating_systems(&self) -> &[String] {
        &self.affects.os
    }

    pub(super) fn architectures(&self) -> &[String] {
        &self.affects.arch
    }
}

impl Import {
    /// `path.symbol`; a path without symbols, or modules without an attribute, stand for all of it.
    fn push_to(&self, all: &mut Vec<String>) {
        let symbols = self.symbols.iter().chain(&self.attribute);
        let symbols: Vec<&String> = symbols.collect();
        for place in self.path.iter().chain(&self.modules) {
            if symbols.is_empty() {
                all.push(place.clone());
            }
            all.extend(symbols.iter().map(|symbol| format!("{place}.{symbol}")));
        }
    }
}
