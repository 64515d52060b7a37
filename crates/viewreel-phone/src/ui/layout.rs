//! Layout: flexbox over the views of all windows.

use crate::ui::tree::{Ui, ViewId};
use crate::ui::view::View;
use taffy::prelude::{AvailableSpace, Style};
use taffy::{LayoutInput, LayoutOutput};
use viewreel_model::Rect;

impl Ui {
    /// Lays out what has changed since the last time.
    pub(crate) fn lay_out(&mut self) {
        if !std::mem::take(&mut self.needs_layout) {
            return;
        }
        let screen = taffy::Size {
            width: AvailableSpace::Definite(self.screen.width),
            height: AvailableSpace::Definite(self.screen.height),
        };
        for window in self.windows.clone() {
            self.tree
                .compute_layout_with_measure(window.root, screen, |input, _, view, style| {
                    measure(input, view.as_deref(), style)
                })
                .expect("the root view is alive");
            self.settle(window.root);
        }
        self.fit_scrollers();
    }

    /// Takes over the frames of `node` and what is below it.
    fn settle(&mut self, node: ViewId) {
        let layout = *self.tree.layout(node).expect("the view is alive");
        let frame =
            Rect::new(layout.location.x, layout.location.y, layout.size.width, layout.size.height);
        if let Some(view) = self.tree.get_node_context_mut(node) {
            view.frame = frame;
        }
        for child in self.children(node) {
            self.settle(child);
        }
    }

    /// Tells every scroll view how long its content has become.
    fn fit_scrollers(&mut self) {
        for node in self.scrollers.clone() {
            let content = self.children(node).first().map(|&first| self.view(first).frame.size);
            if let Some(view) = self.tree.get_node_context_mut(node)
                && let Some(scroller) = &mut view.scroller
            {
                scroller.fit(view.frame.size, content);
            }
        }
    }
}

fn measure(input: LayoutInput, view: Option<&View>, style: &Style) -> LayoutOutput {
    taffy::compute_leaf_layout(
        input,
        style,
        |_, _| 0.0,
        |known, available| {
            let Some((view, label)) = view.and_then(|v| Some((v, v.label.as_ref()?))) else {
                return taffy::Size {
                    width: known.width.unwrap_or(0.0),
                    height: known.height.unwrap_or(0.0),
                };
            };
            let room = known.width.unwrap_or(match available.width {
                AvailableSpace::Definite(width) => width,
                AvailableSpace::MinContent => 0.0,
                AvailableSpace::MaxContent => f32::INFINITY,
            });
            let size = label.measure(view.secure, room);
            taffy::Size {
                width: known.width.unwrap_or(size.width.min(room)),
                height: known.height.unwrap_or(size.height),
            }
        },
    )
}
