//! One view object.

use crate::action::Action;
use crate::ui::label::Label;
use crate::ui::scroll::Scroller;
use viewreel_capture::Picture;
use viewreel_model::node::{Appearance, Border, Control, Gradient, Shadow, control};
use viewreel_model::raw::ContentType;
use viewreel_model::{CaptureId, Color, Kind, MaskAction, Point, Rect, Transform};
use viewreel_text::Inter;

/// A view that the app retains. Its identity is a counter kept here, on the
/// object, so that it lives exactly as long as the object does.
pub(crate) struct View {
    /// Given by the tree when the object is made; never used again.
    pub(crate) id: CaptureId,
    /// Counts the items that a recycled row has shown.
    pub(crate) generation: u32,
    pub(crate) kind: Kind,
    pub(crate) class: &'static str,
    pub(crate) controller: &'static str,
    pub(crate) identifier: &'static str,
    pub(crate) appearance: Appearance,
    /// In points: upper left, upper right, lower right, lower left.
    pub(crate) radii: [f32; 4],
    pub(crate) clips: bool,
    /// Around the middle of the view.
    pub(crate) transform: Transform,
    /// Added to where layout puts the view, in points of the parent's space.
    pub(crate) shift: Point,
    pub(crate) label: Option<Label>,
    pub(crate) picture: Picture,
    pub(crate) control: Control,
    pub(crate) mask: Option<MaskAction>,
    pub(crate) content_type: ContentType,
    pub(crate) secure: bool,
    /// It was secure at any moment before: an app's views keep this bit.
    pub(crate) was_secure: bool,
    pub(crate) action: Option<Action>,
    pub(crate) scroller: Option<Scroller>,
    /// Where layout put the view, in points of the parent's bounds space.
    pub(crate) frame: Rect,
}

impl View {
    /// A view of that kind; `class` is its class chain, most derived first.
    pub(crate) fn new(kind: Kind, class: &'static str) -> Self {
        Self {
            id: CaptureId::default(),
            generation: 0,
            kind,
            class,
            controller: "",
            identifier: "",
            appearance: Appearance::default(),
            radii: [0.0; 4],
            clips: false,
            transform: Transform::IDENTITY,
            shift: Point::ZERO,
            label: None,
            picture: Picture::default(),
            control: Control::default(),
            mask: None,
            content_type: ContentType::None,
            secure: false,
            was_secure: false,
            action: None,
            scroller: None,
            frame: Rect::default(),
        }
    }

    /// A plain container.
    pub(crate) fn plain() -> Self {
        Self::new(Kind::View, "UIView")
    }

    /// A static text.
    pub(crate) fn label(label: Label) -> Self {
        Self { label: Some(label), ..Self::new(Kind::Text, "UILabel:UIView") }
    }

    /// The picture with that number and average colour.
    pub(crate) fn picture(number: u32, average: Color) -> Self {
        let object = Inter::picture(number, average);
        let picture = Picture { object, content_mode: 2, ..Picture::default() };
        Self { picture, clips: true, ..Self::new(Kind::Image, "UIImageView:UIView") }
    }

    /// A system symbol in that tint; the system names it as its identifier.
    pub(crate) fn symbol(name: &'static str, number: u32, tint: Color) -> Self {
        let object = Inter::picture(number, Color::CLEAR);
        let is_template = true;
        let picture = Picture { object, is_template, tint, content_mode: 3, ..Picture::default() };
        Self { picture, identifier: name, ..Self::new(Kind::Symbol, "UIImageView:UIView") }
    }

    /// The root view of a view controller of that class.
    pub(crate) fn controlled_by(self, controller: &'static str) -> Self {
        Self { controller, ..self }
    }

    pub(crate) fn named(self, identifier: &'static str) -> Self {
        Self { identifier, ..self }
    }

    pub(crate) fn filled(mut self, color: Color) -> Self {
        self.appearance.background = color;
        self
    }

    /// A gradient from the upper left corner to the lower right one.
    pub(crate) fn graded(mut self, from: Color, to: Color) -> Self {
        self.appearance.background = from;
        self.appearance.gradient =
            Gradient { end: to, from: Point::new(0.0, 0.0), to: Point::new(1.0, 1.0) };
        self
    }

    pub(crate) fn round(self, radius: f32) -> Self {
        Self { radii: [radius; 4], ..self }
    }

    pub(crate) fn clipping(self) -> Self {
        Self { clips: true, ..self }
    }

    pub(crate) fn bordered(mut self, width: f32, color: Color) -> Self {
        self.appearance.border = Border { width, color };
        self
    }

    /// A soft shadow below, `radius` points wide.
    pub(crate) fn shadowed(mut self, color: Color, radius: f32) -> Self {
        self.appearance.shadow = Shadow { color, radius, offset: Point::new(0.0, radius / 3.0) };
        self
    }

    /// A blur material, as `Appearance::blur` numbers them.
    pub(crate) fn blurred(mut self, material: u8) -> Self {
        self.appearance.blur = material;
        self
    }

    pub(crate) fn hidden(mut self) -> Self {
        self.appearance.hidden = true;
        self
    }

    /// Reacts to taps.
    pub(crate) fn on_tap(mut self, action: Action) -> Self {
        self.action = Some(action);
        self.control.flags |= control::TAPPABLE;
        self
    }

    pub(crate) fn with_label(self, label: Label) -> Self {
        Self { label: Some(label), ..self }
    }

    /// Segmented control, page control: `index` of `count` is chosen.
    pub(crate) fn chosen(mut self, index: u16, count: u16) -> Self {
        self.control.index = index;
        self.control.count = count;
        self
    }

    /// Slider, progress, stepper: `value` of 0 … 1.
    pub(crate) fn valued(mut self, value: f32) -> Self {
        self.control.value = value;
        self
    }

    /// What the app asks of the masking for this view.
    pub(crate) fn masked(self, action: MaskAction) -> Self {
        Self { mask: Some(action), ..self }
    }

    pub(crate) fn holding(self, content_type: ContentType) -> Self {
        Self { content_type, ..self }
    }

    pub(crate) fn scrolling(self, scroller: Scroller) -> Self {
        Self { scroller: Some(scroller), clips: true, ..self }
    }

    /// Sets or clears a bit of [`control`].
    pub(crate) fn set_flag(&mut self, flag: u8, is_set: bool) {
        if is_set {
            self.control.flags |= flag;
        } else {
            self.control.flags &= !flag;
        }
    }
}
