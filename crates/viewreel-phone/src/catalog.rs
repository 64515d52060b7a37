//! What the shop sells.

use crate::look::{Art, Ware};

/// A product.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Product {
    pub(crate) name: &'static str,
    /// Material and measure.
    pub(crate) detail: &'static str,
    pub(crate) price_pence: u32,
    /// Tenths of a star.
    pub(crate) rating: u32,
    pub(crate) reviews: u32,
    pub(crate) art: Art,
}

impl Product {
    /// The price as people read it.
    pub(crate) fn price(&self) -> String {
        pounds(self.price_pence)
    }

    /// What a piece of stoneware cost before it was reduced by a fifth.
    pub(crate) fn old_price(&self) -> Option<String> {
        self.detail.starts_with("Stoneware").then(|| pounds(self.price_pence / 4 * 5))
    }

    /// The rating as people read it.
    pub(crate) fn stars(&self) -> String {
        format!("{}.{} · {} reviews", self.rating / 10, self.rating % 10, self.reviews)
    }

    /// What the shop tells about products of this kind.
    pub(crate) fn story(&self) -> &'static str {
        match self.art.ware {
            Ware::Mug | Ware::Bowl | Ware::Plate => TABLEWARE,
            Ware::Lamp | Ware::Candle => LIGHT,
            Ware::Cushion => CLOTH,
            Ware::Vase | Ware::Planter | Ware::Clock | Ware::Carafe => DECOR,
        }
    }
}

/// An amount in pence as people read it; whole pounds have no pence.
pub(crate) fn pounds(pence: u32) -> String {
    match pence % 100 {
        0 => format!("£{}", pence / 100),
        rest => format!("£{}.{rest:02}", pence / 100),
    }
}

const TABLEWARE: &str = "Thrown on the wheel in small batches and glazed by hand, so no two pieces \
are quite alike. The foot is left bare, where you can feel the clay. It sits well in the hand, goes \
into the oven and the dishwasher, and gets better with every breakfast.";

const LIGHT: &str = "A warm, low light for the hour after dinner. The shade is cast in one piece \
and sanded until it glows evenly, without a bright spot. It comes ready to use, and every part can \
be replaced.";

const CLOTH: &str = "Woven on a narrow loom from long-staple linen, washed twice so that it is soft \
from the first day. The cover has a hidden zip and goes into the machine at forty degrees.";

const DECOR: &str = "Shaped by two pairs of hands in our workshop by the sea. The surface keeps the \
fine marks of the tools, and the glaze breaks lighter over every edge. Made to stand in the light of \
a window, with a single branch or with nothing at all.";

/// Every product, in the order of the list.
pub(crate) fn products() -> Vec<Product> {
    STOCK.iter().enumerate().map(|(index, item)| product(index, item)).collect()
}

fn product(index: usize, &(ware, name, detail, price_pence): &Item) -> Product {
    let glaze = (index * 7 + index / 10) % crate::look::GLAZES;
    Product {
        name,
        detail,
        price_pence,
        rating: 44 + (index as u32 * 5) % 6,
        reviews: 18 + (index as u32 * 37) % 210,
        art: Art { ware, glaze },
    }
}

type Item = (Ware, &'static str, &'static str, u32);

const STOCK: [Item; 40] = [
    (Ware::Vase, "Dune vase", "Stoneware · 24 cm", 6800),
    (Ware::Mug, "Morning mug", "Stoneware · 350 ml", 1850),
    (Ware::Lamp, "Halo table lamp", "Bisque shade · dimmable", 12900),
    (Ware::Bowl, "Tide bowl", "Porcelain · 18 cm", 3200),
    (Ware::Planter, "Fern planter", "Terracotta · 16 cm", 2950),
    (Ware::Cushion, "Harbour cushion", "Washed linen · 45 cm", 4400),
    (Ware::Candle, "Slow candle", "Beeswax · 40 hours", 2400),
    (Ware::Plate, "Supper plate", "Stoneware · 26 cm", 2600),
    (Ware::Clock, "Quiet clock", "Ash and brass · 28 cm", 8600),
    (Ware::Carafe, "Spring carafe", "Porcelain · 1 litre", 5200),
    (Ware::Mug, "Espresso cup", "Porcelain · 90 ml", 1400),
    (Ware::Vase, "Bud vase", "Stoneware · 12 cm", 2800),
    (Ware::Bowl, "Ramen bowl", "Stoneware · 21 cm", 3600),
    (Ware::Lamp, "Lantern", "Paper clay · rechargeable", 7400),
    (Ware::Plate, "Cake plate", "Porcelain · 20 cm", 2200),
    (Ware::Planter, "Herb pot", "Terracotta · 11 cm", 1600),
    (Ware::Cushion, "Meadow cushion", "Washed linen · 50 cm", 4800),
    (Ware::Candle, "Cedar candle", "Rapeseed wax · 55 hours", 3100),
    (Ware::Carafe, "Oil bottle", "Stoneware · 400 ml", 3900),
    (Ware::Clock, "Kitchen clock", "Enamel · 24 cm", 6400),
    (Ware::Mug, "Tall mug", "Stoneware · 450 ml", 2100),
    (Ware::Vase, "Moon jar", "Porcelain · 30 cm", 14500),
    (Ware::Plate, "Olive dish", "Stoneware · 14 cm", 1750),
    (Ware::Lamp, "Reading lamp", "Bisque and brass", 14800),
    (Ware::Bowl, "Salad bowl", "Stoneware · 28 cm", 5800),
    (Ware::Cushion, "Dusk cushion", "Wool · 45 cm", 5600),
    (Ware::Planter, "Hanging planter", "Terracotta · 18 cm", 3400),
    (Ware::Candle, "Taper pair", "Beeswax · 30 cm", 1500),
    (Ware::Carafe, "Milk jug", "Porcelain · 300 ml", 2700),
    (Ware::Mug, "Camp mug", "Enamel · 380 ml", 1600),
    (Ware::Vase, "Branch vase", "Stoneware · 38 cm", 9800),
    (Ware::Clock, "Bedside clock", "Porcelain · 12 cm", 5400),
    (Ware::Bowl, "Rice bowl", "Porcelain · 12 cm", 1900),
    (Ware::Plate, "Serving plate", "Stoneware · 32 cm", 4600),
    (Ware::Lamp, "Shell lamp", "Porcelain · dimmable", 11200),
    (Ware::Planter, "Wide planter", "Stoneware · 28 cm", 5900),
    (Ware::Candle, "Garden candle", "Citronella · 70 hours", 3600),
    (Ware::Cushion, "Shore cushion", "Washed linen · 60 cm", 5900),
    (Ware::Carafe, "Wine decanter", "Stoneware · 1.5 litres", 7200),
    (Ware::Mug, "Tea bowl", "Raku · 280 ml", 3300),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_people_write_them() {
        assert_eq!(pounds(6800), "£68");
        assert_eq!(pounds(1850), "£18.50");
        assert_eq!(pounds(1405), "£14.05");
    }

    #[test]
    fn every_product_has_a_name_of_its_own() {
        let mut names: Vec<_> = products().iter().map(|product| product.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 40);
    }
}
