//! Flexbox styles in a few words.

use taffy::prelude::{
    AlignItems, FlexDirection, JustifyContent, LengthPercentage, Position, Style, auto, length,
    percent,
};

/// Children below each other. Nothing shrinks unless it says so.
pub(crate) fn column() -> Style {
    Style { flex_direction: FlexDirection::Column, flex_shrink: 0.0, ..Style::default() }
}

/// Children beside each other, centred vertically.
pub(crate) fn row() -> Style {
    Style {
        flex_direction: FlexDirection::Row,
        align_items: AlignItems::CENTER,
        flex_shrink: 0.0,
        ..Style::default()
    }
}

/// Exactly as large as the parent, at its origin, out of the flow.
pub(crate) fn fill() -> Style {
    let mut style = column().absolute(0.0, 0.0);
    style.size = taffy::Size { width: percent(1.0), height: percent(1.0) };
    style
}

/// Words that change a style.
pub(crate) trait Boxed: Sized {
    /// Free space inside the edges: horizontal, vertical, in points.
    fn pad(self, x: f32, y: f32) -> Self;
    /// Free space inside the upper and lower edge, in points.
    fn pad_ends(self, top: f32, bottom: f32) -> Self;
    /// Free space between children, in points.
    fn gap(self, between: f32) -> Self;
    /// Takes what is left over in the parent, and gives way where nothing is.
    fn grow(self) -> Self;
    fn width(self, width: f32) -> Self;
    fn height(self, height: f32) -> Self;
    fn size(self, width: f32, height: f32) -> Self;
    /// Out of the flow, with its upper left corner at that point of the parent.
    fn absolute(self, x: f32, y: f32) -> Self;
    /// Out of the flow, with that frame in the parent.
    fn place(self, x: f32, y: f32, width: f32, height: f32) -> Self;
    /// Children in the middle of both axes.
    fn center(self) -> Self;
    /// Children across the main axis.
    fn align(self, align: AlignItems) -> Self;
    /// Children along the main axis: the first at one end, the last at the other.
    fn spread(self) -> Self;
    /// Free space above, in points.
    fn below(self, top: f32) -> Self;
}

impl Boxed for Style {
    fn pad(mut self, x: f32, y: f32) -> Self {
        self.padding =
            taffy::Rect { left: length(x), right: length(x), top: length(y), bottom: length(y) };
        self
    }

    fn pad_ends(mut self, top: f32, bottom: f32) -> Self {
        self.padding.top = length(top);
        self.padding.bottom = length(bottom);
        self
    }

    fn gap(mut self, between: f32) -> Self {
        let gap: LengthPercentage = length(between);
        self.gap = taffy::Size { width: gap, height: gap };
        self
    }

    fn grow(mut self) -> Self {
        self.flex_grow = 1.0;
        self.flex_shrink = 1.0;
        self.flex_basis = length(0.0);
        self
    }

    fn width(mut self, width: f32) -> Self {
        self.size.width = length(width);
        self
    }

    fn height(mut self, height: f32) -> Self {
        self.size.height = length(height);
        self
    }

    fn size(self, width: f32, height: f32) -> Self {
        self.width(width).height(height)
    }

    fn absolute(mut self, x: f32, y: f32) -> Self {
        self.position = Position::Absolute;
        self.inset = taffy::Rect { left: length(x), top: length(y), right: auto(), bottom: auto() };
        self
    }

    fn place(self, x: f32, y: f32, width: f32, height: f32) -> Self {
        self.absolute(x, y).size(width, height)
    }

    fn center(mut self) -> Self {
        self.align_items = AlignItems::CENTER;
        self.justify_content = JustifyContent::CENTER;
        self
    }

    fn align(mut self, align: AlignItems) -> Self {
        self.align_items = align;
        self
    }

    fn spread(mut self) -> Self {
        self.justify_content = JustifyContent::SPACE_BETWEEN;
        self
    }

    fn below(mut self, top: f32) -> Self {
        self.margin.top = length(top);
        self
    }
}
