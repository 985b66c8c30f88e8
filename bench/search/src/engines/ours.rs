use std::path::Path;

use registry_store::{Store, StoreOptions};
use registry_types::{SearchQuery, SnippetQuery};

use super::{Engine, LIMIT};
use crate::Result;
use crate::question::{Class, Question};

pub struct Ours {
    pub store: Store,
}

impl Ours {
    pub fn open(path: &Path) -> Result<Self> {
        let opened = Store::open(path, &StoreOptions::default())?;
        if let Some(recovered) = opened.recovered {
            return Err(format!("{}: {}", path.display(), recovered.reason).into());
        }
        Ok(Self {
            store: opened.store,
        })
    }
}

impl Engine for Ours {
    fn ask(&mut self, question: &Question) -> Result<Option<usize>> {
        let ecosystems = question.ecosystem.into_iter().collect();
        Ok(Some(if question.class == Class::Snippets {
            let query = SnippetQuery {
                ecosystems,
                public_only: true,
                limit: LIMIT,
                ..SnippetQuery::new(&question.text)
            };
            self.store.search_snippets(&query)?.len()
        } else {
            let query = SearchQuery {
                ecosystems,
                limit: LIMIT,
                ..SearchQuery::new(&question.text)
            };
            self.store.search(&query)?.len()
        }))
    }
}
