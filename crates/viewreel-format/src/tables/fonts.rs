//! The fonts of a track by number, so that text styles can be compared.

use std::collections::HashMap;
use std::sync::Arc;

/// Numbers fonts from 1 in order of first use; 0 is the system font.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fonts {
    numbers: HashMap<Arc<str>, u32>,
    order: Vec<Arc<str>>,
}

impl Fonts {
    /// The number of a font, new or known.
    pub(crate) fn number(&mut self, font: &str) -> u32 {
        if font.is_empty() {
            return 0;
        }
        match self.numbers.get(font) {
            Some(&number) => number,
            None => self.add(font.into()),
        }
    }

    fn add(&mut self, font: Arc<str>) -> u32 {
        self.order.push(Arc::clone(&font));
        let number = self.order.len() as u32;
        self.numbers.insert(font, number);
        number
    }

    /// The font of that number.
    pub(crate) fn get(&self, number: u32) -> &str {
        let index = (number as usize).checked_sub(1);
        index.and_then(|index| self.order.get(index)).map_or("", |font| font)
    }
}
