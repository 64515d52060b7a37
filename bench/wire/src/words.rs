//! English for the screens: words that this benchmark brings along, put
//! together by a seeded generator.

use viewreel_seams::{Rng, SeededRng};

const WORDS: &str = "\
    the a this that my your our every another some with without near after before under \
    between about around during until over from into through \
    morning evening weekend summer winter holiday garden kitchen bicycle train station \
    window harbour mountain river village market bakery library museum concert ticket \
    letter package camera picture notebook jacket blanket lantern tent kettle coffee \
    breakfast dinner soup bread cheese tomato lemon apple orange pepper butter honey \
    teacher neighbour doctor driver painter singer sister brother friend team group family \
    meeting project report budget plan draft question answer problem idea change result \
    number corner bridge street platform airport luggage passport hotel balcony island \
    blue green yellow silver golden early late quick slow warm cold quiet loud small large \
    empty broken heavy light fresh famous simple strange useful careful ready open closed \
    bring send call meet find leave carry open close finish start change repair paint \
    remember forget visit follow order return borrow choose measure collect prepare move \
    arrives started waited looked sounds seems works moved opened stopped ended \
    is was will can should might must would had has does \
    and but because although when while where which who not never always maybe soon again \
    today tomorrow yesterday tonight Monday Friday together already almost still just only \
    really quite very more less enough both either instead perhaps";

const FIRST_NAMES: &str = "\
    Anna Bruno Clara Daniel Elena Felix Greta Hassan Ines Jonas Katrin Leo Mira Nils Olga \
    Pavel Quinn Rosa Samuel Tara Ulrich Vera Wanda Xaver Yara Zoe Amir Bettina Carlos Dina";

const LAST_NAMES: &str = "\
    Albrecht Bauer Castillo Dubois Eriksen Fischer Garcia Hansen Ivanova Jansen Keller \
    Lindgren Moreau Novak Okafor Petersen Quist Romano Schmidt Tanaka Underwood Vogel \
    Weber Yilmaz Zimmer Andersson Brandt Costa Diaz Engel";

/// Draws words; two of the same seed draw the same.
pub(crate) struct Prose {
    rng: SeededRng,
    words: Vec<&'static str>,
    first_names: Vec<&'static str>,
    last_names: Vec<&'static str>,
}

impl Prose {
    pub(crate) fn new(seed: u64) -> Self {
        let list = |text: &'static str| text.split_whitespace().collect();
        let (words, first_names, last_names) = (list(WORDS), list(FIRST_NAMES), list(LAST_NAMES));
        Self { rng: SeededRng::new(seed), words, first_names, last_names }
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.rng.next_u64() % end.max(1)
    }

    pub(crate) fn word(&mut self) -> &'static str {
        let index = self.below(self.words.len() as u64);
        self.words[index as usize]
    }

    /// As many words, the first with a capital letter.
    pub(crate) fn phrase(&mut self, words: usize) -> String {
        let words: Vec<_> = (0..words).map(|_| self.word()).collect();
        let text = words.join(" ");
        let mut letters = text.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or(text)
    }

    /// A sentence of about that many words.
    pub(crate) fn sentence(&mut self, words: usize) -> String {
        let more = self.below(5) as usize;
        let end = [".", ".", "?", "!"][self.below(4) as usize];
        self.phrase(words + more) + end
    }

    pub(crate) fn name(&mut self) -> String {
        let first = self.below(self.first_names.len() as u64) as usize;
        let last = self.below(self.last_names.len() as u64) as usize;
        format!("{} {}", self.first_names[first], self.last_names[last])
    }

    /// A time of the day, such as `14:05`.
    pub(crate) fn clock(&mut self) -> String {
        format!("{:02}:{:02}", self.below(24), self.below(60))
    }

    /// A price, such as `$14.50`.
    pub(crate) fn price(&mut self) -> String {
        format!("${}.{:02}", 2 + self.below(180), self.below(20) * 5)
    }
}
