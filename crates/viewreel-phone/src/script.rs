//! A visit to the shop, gesture by gesture.

use crate::phone::Phone;
use viewreel_model::Point;

/// What the visitor types. The password is long and odd enough that no test can
/// find it anywhere by chance.
pub(crate) const EMAIL: &str = "shopper@example.com";
/// See [`EMAIL`].
pub(crate) const PASSWORD: &str = "tulip-harbour-7";
/// A test card that every payment service knows and none accepts.
pub(crate) const CARD: &str = "4242424242424242";

/// From the launch of the app to its end.
pub(crate) fn visit(phone: &mut Phone<'_>) {
    log_in(phone);
    browse(phone);
    search(phone);
    look_closely(phone);
    buy(phone);
    pay(phone);
    leave_and_return(phone);
}

fn log_in(phone: &mut Phone<'_>) {
    phone.wait(1500);
    phone.tap("login.email");
    phone.wait(700);
    phone.type_text(EMAIL);
    phone.wait(300);
    phone.tap("login.password");
    phone.wait(500);
    phone.type_text(PASSWORD);
    phone.wait(500);
    phone.tap("login.reveal");
    phone.wait(900);
    phone.tap("login.submit");
    phone.wait(2600);
}

fn browse(phone: &mut Phone<'_>) {
    flick_up(phone, 260.0, 220);
    phone.wait(1700);
    flick_up(phone, 330.0, 180);
    phone.wait(2100);
    flick_up(phone, 340.0, 160);
    phone.wait(2300);
    flick_down(phone, 420.0, 130);
    phone.wait(1300);
    flick_down(phone, 420.0, 110);
    phone.wait(2200);
    phone.carry(Point::new(210.0, 240.0), Point::new(216.0, 560.0), 700);
    phone.wait(2400);
}

fn search(phone: &mut Phone<'_>) {
    phone.tap("products.search");
    phone.wait(700);
    phone.type_text("vase");
    phone.wait(1200);
    phone.tap("products.cancel");
    phone.wait(1100);
}

fn look_closely(phone: &mut Phone<'_>) {
    phone.tap_row(0);
    phone.wait(1800);
    flick_left(phone);
    phone.wait(1100);
    flick_left(phone);
    phone.wait(1200);
    flick_up(phone, 240.0, 240);
    phone.wait(1800);
    phone.tap_part("detail.glaze", 0.5);
    phone.wait(700);
    phone.tap_part("detail.quantity", 0.75);
    phone.wait(400);
    phone.tap_part("detail.quantity", 0.75);
    phone.wait(700);
    phone.tap_part("detail.quantity", 0.25);
    phone.wait(700);
    phone.tap("detail.gift");
    phone.wait(1200);
}

fn buy(phone: &mut Phone<'_>) {
    phone.tap("detail.add");
    phone.wait(1500);
    phone.tap("alert.ok");
    phone.wait(900);
    phone.tap("navigation.back");
    phone.wait(1100);
    phone.tap("tab.basket");
    phone.wait(1600);
}

fn pay(phone: &mut Phone<'_>) {
    phone.tap("checkout.name");
    phone.wait(600);
    phone.type_text("demo shopper");
    phone.wait(300);
    phone.tap("checkout.card");
    phone.wait(600);
    phone.type_text(CARD);
    phone.wait(500);
    phone.done();
    phone.wait(700);
    flick_up(phone, 150.0, 260);
    phone.wait(1200);
    phone.slide("checkout.tip", (0.03, 0.42), 900);
    phone.wait(800);
    phone.tap("checkout.pay");
    phone.wait(4400);
}

fn leave_and_return(phone: &mut Phone<'_>) {
    phone.leave(6000);
    phone.wait(900);
    phone.tap("confirmation.continue");
    phone.wait(1400);
    flick_up(phone, 280.0, 220);
    phone.wait(2300);
    flick_down(phone, 330.0, 140);
    phone.wait(1600);
    phone.tap_row(2);
    phone.wait(1900);
    phone.tap("navigation.back");
    phone.wait(1500);
}

fn flick_up(phone: &mut Phone<'_>, way: f32, ms: u64) {
    phone.flick(Point::new(236.0, 620.0), Point::new(228.0, 620.0 - way), ms);
}

fn flick_down(phone: &mut Phone<'_>, way: f32, ms: u64) {
    phone.flick(Point::new(220.0, 260.0), Point::new(226.0, 260.0 + way), ms);
}

fn flick_left(phone: &mut Phone<'_>) {
    phone.flick(Point::new(310.0, 300.0), Point::new(110.0, 306.0), 180);
}
