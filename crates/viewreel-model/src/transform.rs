//! How a view is turned, scaled and skewed.

use crate::geometry::{Affine, Point, snap, snap_ratio};
use std::f64::consts::TAU;

/// Steps in a whole turn: a snapped rotation is off by a hundredth of a degree,
/// 0.04 pt at 200 pt from the anchor.
pub const STEPS_PER_TURN: f32 = 16_384.0;

/// A view's own map, around its anchor: scaled, then skewed, then turned, then
/// shifted.
///
/// What UIKit keeps as a matrix is told by its parts here, because animations
/// move one of them at a time: a turn is one number, not four.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform {
    /// Clockwise on the screen, in turns, above -1/2 and up to 1/2.
    pub rotation: f32,
    /// Along the axes of the view.
    pub scale: Point,
    /// How far a point at 1 below the anchor is moved to the right.
    pub skew: f32,
    /// In points of the parent's bounds space.
    pub offset: Point,
}

impl Default for Transform {
    fn default() -> Self {
        Self::IDENTITY
    }
}

impl Transform {
    /// Changes nothing.
    pub const IDENTITY: Self =
        Self { rotation: 0.0, scale: Point::new(1.0, 1.0), skew: 0.0, offset: Point::ZERO };

    /// The parts of a matrix: its decomposition into a rotation and an upper
    /// triangular matrix (Gram-Schmidt). A matrix that flattens everything onto
    /// a line loses the skew, of which nothing is seen then.
    #[must_use]
    pub fn of(matrix: Affine) -> Self {
        if matrix == Affine::IDENTITY {
            return Self::IDENTITY;
        }
        let [a, b, c, d] = [matrix.a, matrix.b, matrix.c, matrix.d].map(f64::from);
        let offset = Point::new(matrix.tx, matrix.ty);
        let (width, determinant) = (a.hypot(b), a * d - b * c);
        if width == 0.0 {
            let scale = Point::new(0.0, c.hypot(d) as f32);
            return Self { rotation: turns(-c, d), scale, skew: 0.0, offset };
        }
        let scale = Point::new(width as f32, (determinant / width) as f32);
        let skew = if determinant == 0.0 { 0.0 } else { (a * c + b * d) / determinant };
        Self { rotation: turns(b, a), scale, skew: skew as f32, offset }
    }

    /// The map as a matrix. Quarter turns are exact.
    #[must_use]
    pub fn matrix(self) -> Affine {
        let Self { scale, skew, offset, .. } = self;
        let (sin, cos) = self.sin_cos();
        Affine {
            a: scale.x * cos,
            b: scale.x * sin,
            c: scale.y * (skew * cos - sin),
            d: scale.y * (skew * sin + cos),
            tx: offset.x,
            ty: offset.y,
        }
    }

    fn sin_cos(self) -> (f32, f32) {
        match self.rotation {
            0.0 => (0.0, 1.0),
            0.25 => (1.0, 0.0),
            -0.25 => (-1.0, 0.0),
            0.5 => (0.0, -1.0),
            turns => {
                let (sin, cos) = (f64::from(turns) * TAU).sin_cos();
                (sin as f32, cos as f32)
            }
        }
    }

    /// Every part on its grid and finite.
    #[must_use]
    pub fn snapped(self) -> Self {
        if self == Self::IDENTITY {
            return Self::IDENTITY;
        }
        Self {
            rotation: snap_turns(self.rotation),
            scale: Point::new(snap_ratio(self.scale.x, 1.0), snap_ratio(self.scale.y, 1.0)),
            skew: snap_ratio(self.skew, 0.0),
            offset: Point::new(snap(self.offset.x), snap(self.offset.y)),
        }
    }
}

/// The angle of a vector, in turns.
fn turns(y: f64, x: f64) -> f32 {
    (y.atan2(x) / TAU) as f32
}

fn snap_turns(turns: f32) -> f32 {
    let turns = if turns.is_finite() { turns.rem_euclid(1.0) } else { 0.0 };
    let steps = (turns * STEPS_PER_TURN).round() % STEPS_PER_TURN;
    let wrapped = if steps > STEPS_PER_TURN / 2.0 { steps - STEPS_PER_TURN } else { steps };
    wrapped / STEPS_PER_TURN
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    fn check(matrix: Affine) {
        let back = Transform::of(matrix).matrix();
        let pairs =
            [(matrix.a, back.a), (matrix.b, back.b), (matrix.c, back.c), (matrix.d, back.d)];
        for (was, is) in pairs {
            assert!((was - is).abs() < 1e-5 * (1.0 + was.abs()), "{matrix:?} became {back:?}");
        }
    }

    #[test]
    fn a_matrix_comes_back_from_its_parts() {
        let matrix = |a, b, c, d| Affine { a, b, c, d, tx: 3.0, ty: -4.0 };
        check(Affine::IDENTITY);
        check(matrix(0.0, 1.0, -1.0, 0.0));
        check(matrix(-1.0, 0.0, 0.0, 1.0));
        check(matrix(0.8, 0.6, -0.3, 0.9));
        check(matrix(0.0, 0.0, -2.0, 0.5));
        check(matrix(2.0, -1.0, 0.25, -3.0));
    }

    #[test]
    fn a_turn_ends_where_it_began() {
        for (turns, snapped) in
            [(1.0, 0.0), (0.75, -0.25), (-0.5, 0.5), (0.999_99, 0.0), (-2.25, -0.25)]
        {
            let transform = Transform { rotation: turns, ..Transform::IDENTITY };
            assert_eq!(transform.snapped().rotation, snapped, "{turns}");
        }
    }

    #[test]
    fn what_is_no_number_changes_nothing() {
        let nan =
            Affine { a: f32::NAN, b: f32::NAN, c: f32::NAN, d: f32::NAN, tx: f32::NAN, ty: 0.0 };
        assert_eq!(Transform::of(nan).snapped(), Transform::IDENTITY);
    }
}
