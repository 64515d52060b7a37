//! The difference of two flat lists, in the manner of Paul Heckel's "A technique
//! for isolating differences between files" (1978), for lists whose elements
//! have ids of their own.
//!
//! An element whose place is not the old one, corrected by what was removed and
//! added before it, counts as moved; a moved element is removed and added
//! whole. So one element that passes `n` others moves all of them.

use super::wireframe::Wireframe;
use std::collections::BTreeMap;

/// What leads from the old list to the new one: first the removals, then the
/// additions in order, then the updates.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Difference {
    /// Each after the element with that id, or first.
    pub(crate) adds: Vec<(Option<i64>, Wireframe)>,
    pub(crate) removes: Vec<i64>,
    pub(crate) updates: Vec<Wireframe>,
}

impl Difference {
    pub(crate) fn is_empty(&self) -> bool {
        self.adds.is_empty() && self.removes.is_empty() && self.updates.is_empty()
    }

    /// The difference of two lists, or `None` where an element changed its
    /// type: then only a full snapshot helps. O(n log n).
    pub(crate) fn between(old: &[Wireframe], new: &[Wireframe]) -> Option<Self> {
        let places = |list: &[Wireframe]| -> BTreeMap<i64, usize> {
            list.iter().enumerate().map(|(index, element)| (element.id, index)).collect()
        };
        let (old_places, new_places) = (places(old), places(new));
        let mut difference = Self::default();
        let removed_before = difference.remove(old, &new_places);
        let mut added = 0;
        for (index, element) in new.iter().enumerate() {
            let previous = index.checked_sub(1).map(|before| new[before].id);
            match old_places.get(&element.id) {
                None => {
                    difference.adds.push((previous, element.clone()));
                    added += 1;
                }
                Some(&was) if was - removed_before[was] + added != index => {
                    difference.removes.push(element.id);
                    difference.adds.push((previous, element.clone()));
                }
                Some(&was) if *element != old[was] => {
                    difference.updates.push(element.changes_from(&old[was])?);
                }
                Some(_) => {}
            }
        }
        Some(difference)
    }

    /// Lists what is gone; tells for each old place how much is gone before it.
    fn remove(&mut self, old: &[Wireframe], new: &BTreeMap<i64, usize>) -> Vec<usize> {
        let mut before = Vec::with_capacity(old.len());
        for element in old {
            before.push(self.removes.len());
            if !new.contains_key(&element.id) {
                self.removes.push(element.id);
            }
        }
        before
    }

    /// The new list, from the old one.
    #[cfg(test)]
    pub(crate) fn apply(&self, old: &[Wireframe]) -> Vec<Wireframe> {
        let mut list = old.to_vec();
        list.retain(|element| !self.removes.contains(&element.id));
        for (previous, element) in &self.adds {
            let after = |id: &i64| list.iter().position(|known| known.id == *id);
            let index = previous.as_ref().map_or(0, |id| after(id).expect("it is there") + 1);
            list.insert(index, element.clone());
        }
        for update in &self.updates {
            let at = list.iter().position(|known| known.id == update.id).expect("it is there");
            list[at] = list[at].clone().updated(update);
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use viewreel_seams::{Rng, SeededRng};

    fn list(ids: &[i64]) -> Vec<Wireframe> {
        let wireframe = |&id| Wireframe { id, x: Some(id), ..Wireframe::default() };
        ids.iter().map(wireframe).collect()
    }

    fn check(old: &[Wireframe], new: &[Wireframe]) -> Difference {
        let difference = Difference::between(old, new).expect("no type changes");
        assert_eq!(difference.apply(old), new);
        difference
    }

    #[test]
    fn equal_lists_have_no_difference() {
        assert!(check(&list(&[1, 2, 3]), &list(&[1, 2, 3])).is_empty());
    }

    #[test]
    fn one_element_that_passes_all_others_moves_all_of_them() {
        let difference = check(&list(&[0, 1, 2, 3, 4]), &list(&[0, 4, 1, 2, 3]));
        assert_eq!((difference.adds.len(), difference.removes.len()), (4, 4));
    }

    #[test]
    fn an_addition_moves_nothing() {
        let difference = check(&list(&[1, 2, 3]), &list(&[9, 1, 2, 3]));
        assert_eq!((difference.adds.len(), difference.removes.len()), (1, 0));
    }

    #[test]
    fn an_update_names_the_changed_fields_alone() {
        let mut new = list(&[1, 2]);
        new[1].x = Some(7);
        let difference = check(&list(&[1, 2]), &new);
        assert_eq!(difference.updates, [Wireframe { id: 2, x: Some(7), ..Wireframe::default() }]);
    }

    #[test]
    fn whatever_happens_the_new_list_comes_out() {
        let mut rng = SeededRng::new(5);
        for _ in 0..300 {
            let mut draw = || {
                let mut ids: Vec<i64> = (0..12).collect();
                ids.retain(|_| !rng.next_u64().is_multiple_of(4));
                (1..ids.len()).for_each(|end| ids.swap(end, rng.next_u64() as usize % (end + 1)));
                let mut list = list(&ids);
                list.iter_mut().for_each(|known| known.y = Some((rng.next_u64() % 3) as i64));
                list
            };
            let (old, new) = (draw(), draw());
            check(&old, &new);
        }
    }
}
