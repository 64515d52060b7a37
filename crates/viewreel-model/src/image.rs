//! Which pictures the handles of nodes stand for.

use crate::id::ImageId;
use crate::node::ImageHandle;
use crate::record::Body;
use std::collections::BTreeMap;

/// Why the picture of a handle was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum LeftOut {
    /// It is larger than one picture may be.
    TooLarge = 1,
    /// The session has shown as much as it may keep.
    OverLimit = 2,
    /// It could not be read.
    Unreadable = 3,
}

impl LeftOut {
    /// The reason of that number; 0, which stands for a known picture, is none.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::TooLarge),
            2 => Some(Self::OverLimit),
            3 => Some(Self::Unreadable),
            _ => None,
        }
    }

    /// The reason as one word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::OverLimit => "over-limit",
            Self::Unreadable => "unreadable",
        }
    }
}

/// What a handle stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoundPicture {
    /// A picture whose encoded bytes travel beside the segments.
    Known {
        /// Its bytes.
        id: ImageId,
        /// Width of the picture as it is shown upright, in pixels.
        width_px: u16,
        /// Height of it, in pixels.
        height_px: u16,
    },
    /// A picture that nobody will have.
    LeftOut(LeftOut),
}

/// From its record on, a handle stands for a picture: until another binding of the
/// handle, or the end of the segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImageBinding {
    /// Which handle; never 0.
    pub handle: ImageHandle,
    /// What it stands for.
    pub picture: BoundPicture,
}

/// The bindings that hold after some records of a segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageBindings {
    pictures: BTreeMap<ImageHandle, BoundPicture>,
}

impl ImageBindings {
    /// Follows one record. O(log n) in the handles.
    pub fn follow(&mut self, body: &Body) {
        if let Body::Image(binding) = body {
            self.pictures.insert(binding.handle, binding.picture);
        }
    }

    /// What a handle stands for; `None` where nothing was said of it.
    #[must_use]
    pub fn picture(&self, handle: ImageHandle) -> Option<BoundPicture> {
        self.pictures.get(&handle).copied()
    }

    /// Every binding, by handle: what a segment that goes on from here restates.
    pub fn iter(&self) -> impl Iterator<Item = ImageBinding> + '_ {
        let binding = |(&handle, &picture)| ImageBinding { handle, picture };
        self.pictures.iter().map(binding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(handle: u32, picture: BoundPicture) -> Body {
        Body::Image(ImageBinding { handle: ImageHandle(handle), picture })
    }

    #[test]
    fn the_last_binding_of_a_handle_holds() {
        let mut bindings = ImageBindings::default();
        let known = BoundPicture::Known { id: ImageId(7), width_px: 2, height_px: 3 };
        let unreadable = BoundPicture::LeftOut(LeftOut::Unreadable);
        for body in [bound(2, unreadable), bound(1, known), bound(2, known)] {
            bindings.follow(&body);
        }
        assert_eq!(bindings.picture(ImageHandle(2)), Some(known));
        assert_eq!(bindings.picture(ImageHandle(3)), None);
        let handles: Vec<u32> = bindings.iter().map(|binding| binding.handle.0).collect();
        assert_eq!(handles, [1, 2]);
    }

    #[test]
    fn reasons_come_back_from_their_numbers() {
        for reason in [LeftOut::TooLarge, LeftOut::OverLimit, LeftOut::Unreadable] {
            assert_eq!(LeftOut::from_code(reason as u8), Some(reason));
        }
        assert_eq!([0, 4].map(LeftOut::from_code), [None, None]);
    }
}
