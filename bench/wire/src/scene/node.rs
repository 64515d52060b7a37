//! One view object.

use super::label::{Font, Label};
use super::{Key, colors};
use viewreel_capture::Picture;
use viewreel_model::node::{Alignment, Appearance, Border, Control, Shadow, control};
use viewreel_model::raw::ContentType;
use viewreel_model::{Color, Kind, Point, Rect, Transform};
use viewreel_text::Inter;

/// A view, with everything that a capturer reads of it.
pub(crate) struct Node {
    pub(crate) generation: u32,
    pub(crate) kind: Kind,
    pub(crate) class: &'static str,
    pub(crate) controller: &'static str,
    pub(crate) identifier: &'static str,
    /// In points of the parent's bounds space.
    pub(crate) frame: Rect,
    /// The origin of the bounds.
    pub(crate) scroll: Point,
    /// Around the middle.
    pub(crate) transform: Transform,
    pub(crate) clips: bool,
    pub(crate) radii: [f32; 4],
    pub(crate) appearance: Appearance,
    pub(crate) label: Option<Label>,
    pub(crate) picture: Picture,
    pub(crate) control: Control,
    pub(crate) content_type: ContentType,
    pub(super) children: Vec<Key>,
    pub(super) parent: Option<Key>,
}

impl Node {
    /// A view of that kind and class chain, at a frame in its parent's space.
    pub(crate) fn new(kind: Kind, class: &'static str, frame: [f32; 4]) -> Self {
        let [x, y, width, height] = frame;
        Self {
            generation: 0,
            kind,
            class,
            controller: "",
            identifier: "",
            frame: Rect::new(x, y, width, height),
            scroll: Point::ZERO,
            transform: Transform::IDENTITY,
            clips: false,
            radii: [0.0; 4],
            appearance: Appearance::default(),
            label: None,
            picture: Picture::default(),
            control: Control::default(),
            content_type: ContentType::None,
            children: Vec::new(),
            parent: None,
        }
    }

    /// A plain container.
    pub(crate) fn view(frame: [f32; 4]) -> Self {
        Self::new(Kind::View, "UIView", frame)
    }

    /// A container of UIKit's own.
    pub(crate) fn system(class: &'static str, frame: [f32; 4]) -> Self {
        Self::new(Kind::View, class, frame)
    }

    /// A text of one line.
    pub(crate) fn label(text: &str, font: Font, frame: [f32; 4]) -> Self {
        Self::paragraph(text, font, 1, frame)
    }

    /// A text of at most `max_lines` lines.
    pub(crate) fn paragraph(text: &str, font: Font, max_lines: u16, frame: [f32; 4]) -> Self {
        let node = Self::new(Kind::Text, "UILabel:UIView", frame);
        let label = Label::new(text, font, max_lines);
        Self { label: Some(label), ..node }
    }

    /// A text field.
    pub(crate) fn field(hint: &'static str, font: Font, frame: [f32; 4]) -> Self {
        let node = Self::new(Kind::TextInput, "UITextField:UIControl:UIView", frame);
        let label = Label::field(hint, font);
        Self { label: Some(label), ..node }
    }

    /// The picture with that number.
    pub(crate) fn picture(handle: u64, frame: [f32; 4]) -> Self {
        let node = Self::new(Kind::Image, "UIImageView:UIView", frame);
        Self { picture: picture(handle), clips: true, ..node }
    }

    /// A system symbol in that tint; its name is its identifier.
    pub(crate) fn symbol(name: &'static str, tint: Color, frame: [f32; 4]) -> Self {
        let node = Self::new(Kind::Symbol, "UIImageView:UIView", frame);
        let number = 900 + name.bytes().map(u32::from).sum::<u32>();
        let object = Inter::picture(number, Color::CLEAR);
        let is_template = true;
        let picture = Picture { object, is_template, tint, content_mode: 3, ..Picture::default() };
        Self { picture, identifier: name, ..node }
    }

    /// A button; its title or symbol is a child.
    pub(crate) fn button(identifier: &'static str, frame: [f32; 4]) -> Self {
        let node = Self::new(Kind::Button, "UIButton:UIControl:UIView", frame);
        let control = Control { flags: control::TAPPABLE, ..Control::default() };
        Self { identifier, control, ..node }
    }

    /// A cell of a list.
    pub(crate) fn cell(class: &'static str, frame: [f32; 4]) -> Self {
        Self::new(Kind::Cell, class, frame).filled(colors::PAPER)
    }

    /// A scroll view or list.
    pub(crate) fn scroll(kind: Kind, class: &'static str, frame: [f32; 4]) -> Self {
        Self::new(kind, class, frame).clipping()
    }

    pub(crate) fn named(self, identifier: &'static str) -> Self {
        Self { identifier, ..self }
    }

    pub(crate) fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// The root view of a view controller of that class.
    pub(crate) fn controlled_by(self, controller: &'static str) -> Self {
        Self { controller, ..self }
    }

    pub(crate) fn filled(mut self, color: Color) -> Self {
        self.appearance.background = color;
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

    pub(crate) fn shadowed(mut self, radius: f32) -> Self {
        let offset = Point::new(0.0, radius / 3.0);
        self.appearance.shadow = Shadow { color: colors::SHADE, radius, offset };
        self
    }

    pub(crate) fn blurred(mut self, material: u8) -> Self {
        self.appearance.blur = material;
        Self { kind: Kind::Blur, ..self }
    }

    pub(crate) fn hidden(mut self) -> Self {
        self.appearance.hidden = true;
        self
    }

    /// With lines in the middle or at the right.
    pub(crate) fn aligned(mut self, alignment: Alignment) -> Self {
        if let Some(label) = &mut self.label {
            label.alignment = alignment;
        }
        self
    }

    pub(crate) fn centered(self) -> Self {
        self.aligned(Alignment::Center)
    }

    pub(crate) fn trailing(self) -> Self {
        self.aligned(Alignment::Right)
    }

    /// Segmented control, page control: `index` of `count` is chosen.
    pub(crate) fn chosen(mut self, index: u16, count: u16) -> Self {
        self.control.index = index;
        self.control.count = count;
        self
    }

    /// Slider, progress: `value` of 0 … 1.
    pub(crate) fn valued(mut self, value: f32) -> Self {
        self.control.value = value;
        self
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

/// The picture of that number; its average colour follows from the number.
pub(crate) fn picture(number: u64) -> Picture {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    let average = Color::rgb(0x0060_6060 | mixed as u32 & 0x00ff_ffff);
    let object = Inter::picture(u32::try_from(number).unwrap_or(1), average);
    Picture { object, content_mode: 2, ..Picture::default() }
}
