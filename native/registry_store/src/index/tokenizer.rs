//! How tantivy reads what this crate has already split into words.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::index::impact::{Band, word_and_level};

/// Words separated by single spaces, each ending in the character of its level. The term of the level's
/// list is emitted as often as the level is above that list's floor, which tantivy keeps as its frequency.
#[derive(Clone, Default)]
pub(crate) struct ImpactTokenizer {
    token: Token,
}

/// Words separated by single spaces.
#[derive(Clone, Default)]
pub(crate) struct WordTokenizer {
    token: Token,
}

impl Stream<'_> {
    fn start<'a>(token: &'a mut Token, text: &'a str, impacts: bool) -> Stream<'a> {
        token.reset();
        // No field records positions, but tantivy counts on from the last one.
        token.position = 0;
        Stream {
            rest: text,
            left: 0,
            impacts,
            token,
        }
    }
}

pub(crate) struct Stream<'a> {
    rest: &'a str,
    left: u32,
    impacts: bool,
    token: &'a mut Token,
}

impl Tokenizer for ImpactTokenizer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream::start(&mut self.token, text, true)
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream::start(&mut self.token, text, false)
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        if self.left > 0 {
            self.left -= 1;
            return true;
        }
        loop {
            if self.rest.is_empty() {
                return false;
            }
            let (word, rest) = self.rest.split_once(' ').unwrap_or((self.rest, ""));
            self.rest = rest;
            let (word, level) = match self.impacts {
                true => word_and_level(word).unwrap_or_default(),
                false => (word, 1),
            };
            if !word.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(word);
                self.left = level - 1;
                if self.impacts {
                    let band = Band::of(level);
                    band.mark(&mut self.token.text);
                    self.left -= band.floor;
                }
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_comes_as_often_as_its_level_is_above_the_floor() {
        let mut tokenizer = ImpactTokenizer::default();
        let mut seen = Vec::new();
        tokenizer
            .token_stream("asyncB  éA C tokioJ")
            .process(&mut |t| seen.push(t.text.clone()));
        assert_eq!(seen, ["async\u{2}", "async\u{2}", "é\u{2}", "tokio"]);
    }

    #[test]
    fn words_come_once() {
        let mut tokenizer = WordTokenizer::default();
        let mut seen = Vec::new();
        tokenizer
            .token_stream("tokio tok")
            .process(&mut |t| seen.push(t.text.clone()));
        assert_eq!(seen, ["tokio", "tok"]);
    }
}
