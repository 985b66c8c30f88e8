use super::Random;

/// Words people use for packages: every name has some of them.
const TOPICAL: &str = "async http client server cache parser json runtime database logging cli auth \
    crypto hash stream queue worker task scheduler channel socket tcp udp tls web framework router \
    middleware template render html css markdown yaml toml config env file path fs watch archive \
    zip gzip compress image video audio font color math matrix vector random time date calendar \
    locale i18n text string regex search index fuzzy diff patch merge graph tree map set list \
    iterator lazy memo test mock bench fuzz coverage assert snapshot trace metric monitor profile \
    debug error result option macro derive plugin hook event emitter bus signal state machine actor \
    agent supervisor process thread pool lock atomic buffer byte bits codec encode decode base64 \
    uuid token jwt oauth session cookie password secret vault key sign verify email sms push \
    notify chat bot slack git docker kubernetes cloud storage bucket upload download sync backup \
    migrate schema model orm query builder sql postgres sqlite redis mongo kafka grpc graphql rest \
    api sdk openapi swagger proxy gateway rate limit retry timeout circuit breaker balance dns ip \
    geo map route weather money currency tax invoice pdf csv excel chart plot table terminal color \
    progress spinner prompt args shell exec spawn build bundle compile lint format type check \
    validate serialize deserialize convert transform pipe filter reduce sort group join";

/// A vocabulary with Zipf frequencies: topical words and made-up ones.
pub struct Words {
    topical: Vec<&'static str>,
    rare: Vec<String>,
    /// Cumulative weights of `rare`.
    weights: Vec<f64>,
    /// The most frequent of `rare`, sorted.
    common: Vec<String>,
}

/// How many topics there are.
const TOPICS: u64 = 400;

impl Words {
    pub fn new(count: usize) -> Self {
        let mut random = Random::new(42);
        let mut rare = Vec::with_capacity(count);
        let mut weights = Vec::with_capacity(count);
        let mut sum = 0.0;
        for n in 0..count {
            rare.push(made_up(&mut random));
            sum += 1.0 / (n as f64 + 10.0);
            weights.push(sum);
        }
        let mut common = rare.get(..2_000).unwrap_or(&rare).to_vec();
        common.sort();
        Self {
            common,
            topical: TOPICAL.split_whitespace().collect(),
            rare,
            weights,
        }
    }

    /// A topical word, the first ones most often.
    pub fn topical(&self, random: &mut Random) -> &str {
        let share = random.unit().powi(2);
        self.topical[(share * self.topical.len() as f64) as usize]
    }

    /// Any other word, by Zipf's law.
    pub fn rare(&self, random: &mut Random) -> &str {
        let total = self.weights.last().copied().unwrap_or(0.0);
        let at = random.unit() * total;
        &self.rare[self
            .weights
            .partition_point(|w| *w < at)
            .min(self.rare.len() - 1)]
    }

    /// Whether it is one of the made-up words that few packages share.
    pub fn is_rare(&self, word: &str) -> bool {
        self.common.binary_search(&word.to_owned()).is_err()
            && !self.topical.contains(&word)
            && word.len() > 3
    }

    /// Something to write about.
    pub fn topic(&self, random: &mut Random) -> usize {
        random.below(TOPICS) as usize
    }

    /// A word of a topic: one of a dozen.
    pub fn of_topic(&self, random: &mut Random, topic: usize) -> &str {
        let mut of_topic = Random::new(topic as u64 * 16 + random.below(12));
        if of_topic.below(2) == 0 {
            self.topical(&mut of_topic)
        } else {
            self.rare(&mut of_topic)
        }
    }

    pub fn sentence(&self, random: &mut Random, topic: usize, count: usize) -> String {
        let mut text = String::new();
        for n in 0..count {
            let word = match random.below(10) {
                0 | 1 => {
                    ["the", "a", "for", "and", "with", "of", "to", "in"][random.below(8) as usize]
                }
                2 => self.topical(random),
                3 | 4 => self.of_topic(random, topic),
                _ => self.rare(random),
            };
            if n > 0 {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }
}

fn made_up(random: &mut Random) -> String {
    const ONSETS: &[u8] = b"bcdfghjklmnprstvwz";
    const VOWELS: &[u8] = b"aeiou";
    let mut word = String::new();
    for _ in 0..2 + random.below(3) {
        word.push(ONSETS[random.below(18) as usize] as char);
        word.push(VOWELS[random.below(5) as usize] as char);
        if random.below(3) == 0 {
            word.push(ONSETS[random.below(18) as usize] as char);
        }
    }
    word
}
