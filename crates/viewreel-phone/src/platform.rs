//! What the phone's system does for a recorder.

use viewreel_capture::{PictureAnswer, Platform};
use viewreel_model::Color;
use viewreel_model::content::{EncodedPicture, LaidLine, Picture, PictureAsk, TextAsk};
use viewreel_text::Inter;

/// Sides of the photographs, in pixels.
const SIDE_PX: u16 = 96;

/// How much lighter the upper left corner of a photograph is than its average, and how
/// much darker the lower right one, of 255.
const LIGHT: i32 = 36;

/// The virtual phone's platform: it sets text in Inter, and its photographs are as
/// large and as plain as they need be to be told apart.
#[derive(Clone, Copy, Debug, Default)]
pub struct PhonePlatform;

impl Platform for PhonePlatform {
    fn lay_out(&mut self, ask: &TextAsk<'_>) -> Option<Vec<LaidLine>> {
        Inter.lay_out(ask)
    }

    fn picture(&mut self, ask: &PictureAsk) -> PictureAnswer {
        match Inter.picture(ask) {
            PictureAnswer::Ready(Picture { average, .. }) if !ask.picture.is_template => {
                let encoded = photograph(average);
                PictureAnswer::Ready(Picture { average, encoded })
            }
            other => other,
        }
    }
}

/// Something that lies in the light; `None` where it cannot be encoded.
fn photograph(average: Color) -> Option<EncodedPicture> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, SIDE_PX.into(), SIDE_PX.into());
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels(average)).ok()?;
    writer.finish().ok()?;
    Some(EncodedPicture { width_px: SIDE_PX, height_px: SIDE_PX, bytes })
}

fn pixels(average: Color) -> Vec<u8> {
    let [red, green, blue, _] = average.0.to_be_bytes();
    let side = i32::from(SIDE_PX);
    let places = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    let lit = |(x, y)| {
        let light = light_at(x, y, side);
        [red, green, blue].map(|part| (i32::from(part) + light).clamp(0, 255) as u8)
    };
    places.flat_map(lit).collect()
}

/// A ball in the light that falls over a wall.
fn light_at(x: i32, y: i32, side: i32) -> i32 {
    let wall = LIGHT - LIGHT * (x + y) / side;
    let (dx, dy) = (x - side / 2, y - side * 11 / 20);
    let is_ball = dx * dx + dy * dy < (side * 3 / 10) * (side * 3 / 10);
    if is_ball { -wall - (dx + dy) * LIGHT / side } else { wall }
}

#[cfg(test)]
mod tests {
    use super::*;
    use viewreel_format::PictureHead;
    use viewreel_model::content::RawPicture;

    fn ask(is_template: bool) -> PictureAsk {
        let object = Inter::picture(3, Color::rgb(0x0080_6040));
        let picture = RawPicture { object, is_template, ..RawPicture::default() };
        PictureAsk { picture, longest_px: 640 }
    }

    #[test]
    fn a_photograph_has_pixels_and_a_symbol_none() {
        let PictureAnswer::Ready(Picture { encoded: Some(photograph), average }) =
            PhonePlatform.picture(&ask(false))
        else {
            panic!("there is a photograph")
        };
        assert_eq!(average, Color::rgb(0x0080_6040));
        let head = PictureHead::read(&photograph.bytes).expect("it is a picture");
        assert_eq!((head.width_px, head.height_px), (SIDE_PX, SIDE_PX));
        let symbol = PhonePlatform.picture(&ask(true));
        assert!(matches!(symbol, PictureAnswer::Ready(Picture { encoded: None, .. })));
    }
}
