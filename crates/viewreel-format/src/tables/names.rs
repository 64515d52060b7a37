//! Names by number, so that values that hold one can be compared.

use std::collections::HashMap;
use std::sync::Arc;

/// Numbers fonts and class chains from 1 in order of first use; 0 is none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    numbers: HashMap<Arc<str>, u32>,
    order: Vec<Arc<str>>,
}

impl Names {
    /// The number of a name, new or known.
    pub(crate) fn number(&mut self, name: &str) -> u32 {
        if name.is_empty() {
            return 0;
        }
        match self.numbers.get(name) {
            Some(&number) => number,
            None => self.add(name.into()),
        }
    }

    fn add(&mut self, name: Arc<str>) -> u32 {
        self.order.push(Arc::clone(&name));
        let number = self.order.len() as u32;
        self.numbers.insert(name, number);
        number
    }

    /// The name of that number.
    pub(crate) fn get(&self, number: u32) -> &str {
        let index = (number as usize).checked_sub(1);
        index.and_then(|index| self.order.get(index)).map_or("", |name| name)
    }
}
