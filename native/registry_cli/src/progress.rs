//! A progress bar for each package, on a terminal only.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use registry_indexer::{Progress, Stage};

use crate::output::escape::one_line;
use crate::output::{number, text};

/// Names longer than this are cut, so that the bars stand under each other.
const NAME: usize = 32;

pub(crate) struct Bars {
    all: MultiProgress,
    bars: Vec<ProgressBar>,
    waiting: ProgressStyle,
    counting: ProgressStyle,
}

impl Bars {
    pub(crate) fn new<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Self {
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let all = MultiProgress::with_draw_target(target);
        let width = text::widest(names.clone(), NAME);
        let waiting = style("{spinner} {prefix}  {msg}");
        let counting = style("{spinner} {prefix}  {bar:24} {msg}");
        let bars = names
            .map(|name| {
                let bar = all.add(ProgressBar::new_spinner().with_style(waiting.clone()));
                bar.set_prefix(text::pad(&text::cut(&one_line(name), NAME), width));
                bar.set_message("queue");
                bar.enable_steady_tick(Duration::from_millis(100));
                bar
            })
            .collect();
        Self {
            all,
            bars,
            waiting,
            counting,
        }
    }

    /// Shows how far the package at this place is.
    pub(crate) fn show(&self, at: usize, progress: &Progress) {
        let Some(bar) = self.bars.get(at) else {
            return;
        };
        match (progress.stage, progress.total) {
            (Stage::Done, _) => bar.finish_and_clear(),
            (Stage::Download | Stage::Parse, Some(total)) => {
                bar.set_style(self.counting.clone());
                bar.set_length(total);
                bar.set_position(progress.done);
                bar.set_message(amount(progress));
            }
            _ => {
                bar.set_style(self.waiting.clone());
                bar.set_message(amount(progress));
            }
        }
    }

    /// Takes all of them off the screen.
    pub(crate) fn clear(&self) {
        for bar in &self.bars {
            bar.finish_and_clear();
        }
        // The screen is gone: there is nothing to clear.
        let _gone = self.all.clear();
    }
}

fn amount(progress: &Progress) -> String {
    let stage = progress.stage.as_str();
    let shown = |n| match progress.stage {
        Stage::Download => number::bytes(n),
        _ => number::grouped(n),
    };
    match (progress.stage, progress.total) {
        (Stage::Download | Stage::Parse, Some(total)) => {
            format!("{stage} {} of {}", shown(progress.done), shown(total))
        }
        (Stage::Download, None) => format!("{stage} {}", shown(progress.done)),
        _ => stage.to_owned(),
    }
}

/// Templates are constants; a mistake in one must not stop a collect.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}
