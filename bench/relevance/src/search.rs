use std::io::{BufRead, Write};
use std::time::Instant;

use registry_store::Store;
use registry_types::{Ecosystem, SearchQuery, Why};
use serde::{Deserialize, Serialize};

/// A question.
#[derive(Deserialize)]
struct Asked {
    ecosystem: Ecosystem,
    text: String,
    limit: usize,
    explain: bool,
}

/// One result.
#[derive(Serialize)]
struct Hit {
    name: String,
    score: f64,
    matched: Vec<String>,
    why: Vec<Why>,
}

/// Its answer; a query that is refused has an `error` and no hits.
#[derive(Serialize)]
struct Answer {
    hits: Vec<Hit>,
    error: Option<String>,
    micros: u64,
}

/// Answers each question on a line of its own.
pub fn run(
    store: &Store,
    input: impl BufRead,
    mut output: impl Write,
) -> Result<(), Box<dyn std::error::Error>> {
    for line in input.lines() {
        let asked: Asked = serde_json::from_str(&line?)?;
        let query = SearchQuery {
            ecosystems: vec![asked.ecosystem],
            limit: asked.limit,
            explain: asked.explain,
            ..SearchQuery::new(asked.text)
        };
        let begun = Instant::now();
        let found = store.search(&query);
        let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        let (hits, error) = match found {
            Ok(hits) => (hits, None),
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
        let hits = hits
            .into_iter()
            .map(|hit| Hit {
                name: hit.package.name.clone(),
                score: hit.score,
                matched: hit.matched,
                why: hit.why,
            })
            .collect();
        serde_json::to_writer(
            &mut output,
            &Answer {
                hits,
                error,
                micros,
            },
        )?;
        output.write_all(b"\n")?;
    }
    output.flush()?;
    Ok(())
}
