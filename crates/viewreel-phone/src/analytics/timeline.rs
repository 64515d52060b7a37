//! The way of an event through the plugins.

use super::event::Event;
use super::plugin::{Pass, Place, Plugin};
use std::cell::RefCell;
use std::rc::Rc;

/// Plugins in the order in which they were added.
#[derive(Default)]
pub struct Timeline {
    plugins: RefCell<Vec<Rc<dyn Plugin>>>,
}

impl std::fmt::Debug for Timeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = self.plugins.borrow().iter().map(|plugin| plugin.name()).collect::<Vec<_>>();
        write!(f, "Timeline({names:?})")
    }
}

impl Timeline {
    /// Adds a plugin behind those of its place.
    pub fn add(&self, plugin: Rc<dyn Plugin>) {
        self.plugins.borrow_mut().push(plugin);
    }

    /// Takes out the plugins of that name.
    pub fn remove(&self, name: &str) -> Vec<Rc<dyn Plugin>> {
        self.plugins.borrow_mut().extract_if(.., |plugin| plugin.name() == name).collect()
    }

    /// All plugins, in the order of their places and, within one, of their coming.
    /// Nothing is borrowed while they are called, so that they may track events.
    #[must_use]
    pub fn all(&self) -> Vec<Rc<dyn Plugin>> {
        let mut plugins = self.plugins.borrow().clone();
        plugins.sort_by_key(|plugin| plugin.place());
        plugins
    }

    /// Takes an event along its whole way. What is left of it, if anything.
    pub fn process(&self, pass: Pass<'_>, event: Event) -> Option<Event> {
        let event = self.apply(Place::Before, pass, event)?;
        let mut event = self.apply(Place::Enrichment, pass, event)?;
        for enrichment in std::mem::take(&mut event.enrichments) {
            event = enrichment.apply(event);
        }
        for destination in self.at(Place::Destination) {
            deliver(destination.as_ref(), pass, event.clone());
        }
        self.apply(Place::After, pass, event)
    }

    fn apply(&self, place: Place, pass: Pass<'_>, event: Event) -> Option<Event> {
        self.at(place).iter().try_fold(event, |event, plugin| plugin.execute(pass, event))
    }

    fn at(&self, place: Place) -> Vec<Rc<dyn Plugin>> {
        let plugins = self.plugins.borrow();
        plugins.iter().filter(|plugin| plugin.place() == place).cloned().collect()
    }
}

/// Gives the event to a destination that settings know and the event allows.
fn deliver(destination: &dyn Plugin, pass: Pass<'_>, event: Event) {
    let key = destination.name();
    let is_forbidden = event.integrations.get(key).is_some_and(|told| *told == false);
    if is_forbidden || !pass.analytics.settings().has_integration(key) {
        return;
    }
    let Some(inner) = destination.inner() else {
        destination.execute(pass, event);
        return;
    };
    let event = inner.apply(Place::Before, pass, event);
    let event = event.and_then(|event| inner.apply(Place::Enrichment, pass, event));
    let event = event.and_then(|event| destination.execute(pass, event));
    event.and_then(|event| inner.apply(Place::After, pass, event));
}
