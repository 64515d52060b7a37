//! The rules, one after the other.

mod common;

use viewreel_mask::Masker;
use viewreel_model::node::{
    Alignment, Color, Control, Geometry, Mask, Row, TextRole, TextStyle, control,
};
use viewreel_model::raw::ContentType;
use viewreel_model::{Kind, MaskAction, MaskLevel, MaskReason, Point, Rect, Snapshot};
use viewreel_testkit::raw::{Forest, Node};

use MaskAction::{Keep, Replace};
use MaskLevel::{Conservative, Light, Medium};
use MaskReason as Why;

fn masked(level: MaskLevel, forest: &Forest) -> Snapshot {
    common::masked(&mut Masker::new(level), forest)
}

fn last(snapshot: &Snapshot) -> Row {
    snapshot.columns().row(snapshot.len() - 1).expect("the tree has a node")
}

/// What happens to the innermost of a chain of views, the window first.
fn check(level: MaskLevel, chain: impl IntoIterator<Item = Node>, action: MaskAction, reason: Why) {
    let forest = Forest::of(nested(chain));
    assert_eq!(last(&masked(level, &forest)).mask, Mask { action, reason });
}

fn nested(chain: impl IntoIterator<Item = Node>) -> Node {
    let mut chain: Vec<Node> = chain.into_iter().collect();
    let mut node = chain.pop().expect("a chain has a view");
    while let Some(parent) = chain.pop() {
        node = parent.with(node);
    }
    node
}

fn keep(level: MaskLevel, chain: impl IntoIterator<Item = Node>) {
    check(level, chain, Keep, Why::None);
}

fn mask(level: MaskLevel, chain: impl IntoIterator<Item = Node>, reason: Why) {
    check(level, chain, MaskAction::Mask, reason);
}

fn view() -> Node {
    Node::new(100, Kind::View)
}

fn label(text: &str) -> Node {
    Node::new(1, Kind::Text).text(TextRole::Static, text)
}

fn input(text: &str) -> Node {
    Node::new(2, Kind::TextInput).text(TextRole::Input, text)
}

fn hint(text: &str) -> Node {
    Node::new(3, Kind::TextInput).text(TextRole::Hint, text)
}

fn switch() -> Node {
    let flags = control::ON | control::FOCUSED;
    Node::new(4, Kind::Switch).control(Control { flags, value: 0.5, index: 2, count: 3 })
}

fn focused(mut node: Node) -> Node {
    node.row.control.flags |= control::FOCUSED;
    node
}

#[test]
fn light_masks_what_looks_sensitive_and_what_is_being_typed() {
    keep(Light, [label("Hello")]);
    keep(Light, [input("Hello")]);
    keep(Light, [switch()]);
    mask(Light, [label("joe@example.com")], Why::Pattern);
    mask(Light, [label("4111 1111\n1111 1111")], Why::Pattern);
    mask(Light, [input("+49 30 1234567")], Why::Pattern);
    mask(Light, [focused(input("Hel"))], Why::Level);
    mask(Light, [focused(Node::new(9, Kind::SearchBar)), label("Hel")], Why::Level);
    keep(Light, [focused(label("Hello"))]);
}

#[test]
fn light_masks_fields_that_say_who_somebody_is_unless_they_say_keep_themselves() {
    for content in
        [ContentType::Email, ContentType::Phone, ContentType::Personal, ContentType::Other]
    {
        let field = || hint("x").content(content);
        mask(Light, [field()], Why::Level);
        mask(Light, [view().says(Keep), field()], Why::Level);
        keep(Light, [field().says(Keep)]);
        keep(Conservative, [field().says(Keep)]);
        mask(Light, [view().content(content), view(), label("Joe")], Why::Level);
        keep(Light, [view().content(content).says(Keep), view(), label("Joe")]);
    }
}

#[test]
fn medium_masks_what_the_user_typed_fields_and_their_prompts_pickers_and_dates() {
    keep(Medium, [label("Hello")]);
    mask(Medium, [input("Hello")], Why::Level);
    mask(Medium, [hint("Your name")], Why::Level);
    mask(Medium, [Node::new(1, Kind::Picker)], Why::Level);
    mask(Medium, [Node::new(1, Kind::DatePicker)], Why::Level);
    mask(Medium, [Node::new(1, Kind::TextInput)], Why::Level);
    mask(Medium, [Node::new(1, Kind::SearchBar)], Why::Level);
    mask(Medium, [Node::new(1, Kind::Cell).text(TextRole::Input, "x")], Why::Level);
    mask(Medium, [label("joe@example.com")], Why::Pattern);
    keep(Light, [hint("Your name")]);
    mask(Light, [hint("Password").secure()], Why::Secure);
}

#[test]
fn only_conservative_masks_the_state_of_controls() {
    let stateful = Kind::ALL.iter().copied().filter(|kind| kind.has_state() && !kind.is_picker());
    for kind in stateful {
        keep(Medium, [Node::new(1, kind)]);
        mask(Conservative, [Node::new(1, kind)], Why::Level);
        keep(Conservative, [view().says(Keep), Node::new(1, kind)]);
    }
}

#[test]
fn photographs_are_kept_at_light_tinted_pictures_at_medium_symbols_always() {
    let photo = || Node::new(1, Kind::Image).picture(7);
    let template = Node::new(1, Kind::Image).template(7, Color::WHITE);
    let symbol = || Node::new(1, Kind::Symbol).picture(7);
    keep(Light, [photo()]);
    mask(Medium, [photo()], Why::Level);
    mask(Medium, [view().says(Keep), photo()], Why::Level);
    keep(Conservative, [photo().says(Keep)]);
    keep(Medium, [template.clone()]);
    mask(Conservative, [template], Why::Level);
    keep(Conservative, [symbol()]);
}

#[test]
fn what_four_labels_say_together_is_recognised() {
    let texts = |texts: &[&str]| {
        let node =
            |(id, text): (u64, &&str)| Node::new(id, Kind::Text).text(TextRole::Static, text);
        let children = (1..).zip(texts).map(node);
        let row = children.fold(view(), Node::with);
        let out = masked(Light, &Forest::of(row));
        let masks = out.columns().masks().iter().skip(1);
        masks.map(|mask| u8::from(mask.reason == Why::Pattern)).collect::<Vec<_>>()
    };
    assert_eq!(texts(&["Visa", "4111", "1111", "1111", "1111", "12"]), [0, 1, 1, 1, 1, 0]);
    assert_eq!(texts(&["joe", "@", "example.com"]), [1, 1, 1]);
    assert_eq!(texts(&["mail", "joe@example.com", "now"]), [0, 1, 0]);
    assert_eq!(texts(&["10", "11", "12", "13", "14", "15", "16"]), [0; 7]);
    assert_eq!(texts(&["030", "1234567", "x"]), [0, 0, 0]);
}

#[test]
fn the_reason_of_typed_text_does_not_tell_what_it_looks_like() {
    mask(Medium, [input("joe@example.com")], Why::Level);
    mask(Conservative, [label("joe@example.com")], Why::Level);
    mask(Light, [label("joe@example.com").says(MaskAction::Mask)], Why::Override);
}

#[test]
fn conservative_masks_every_text() {
    mask(Conservative, [label("Hello")], Why::Level);
    mask(Conservative, [Node::new(1, Kind::Button).text(TextRole::Static, "Pay")], Why::Level);
    keep(Conservative, [Node::new(1, Kind::Button)]);
}

#[test]
fn labels_inside_of_something_editable_belong_to_it() {
    mask(Medium, [Node::new(1, Kind::SearchBar), view(), label("typed")], Why::Level);
}

#[test]
fn views_inside_of_a_masked_control_are_left_out() {
    for outer in [input("typed"), switch(), Node::new(1, Kind::Picker)] {
        let inside = outer.with(Node::new(9, Kind::Image).picture(1)).with(label("typed"));
        assert_eq!(masked(Conservative, &Forest::of(inside.clone())).len(), 1);
        assert_eq!(masked(Light, &Forest::of(inside.clone())).len(), 3);
        assert_eq!(masked(Conservative, &Forest::of(inside.says(Keep))).len(), 3);
    }
}

#[test]
fn a_mask_on_any_ancestor_wins_over_every_keep_below() {
    let kept = || label("Hello").says(Keep);
    mask(Light, [view().says(MaskAction::Mask), kept()], Why::Ancestor);
    mask(Light, [view().says(MaskAction::Mask), view().says(Keep), kept()], Why::Ancestor);
    keep(Conservative, [view().says(Keep), label("Hello")]);
    keep(Conservative, [view().says(Keep), view(), label("joe@example.com")]);
    keep(Light, [input("joe@example.com").says(Keep)]);
    mask(Light, [input("4111 1111 1111 1111").says(Keep)], Why::Pattern);
    keep(Light, [label("4111 1111 1111 1111").says(Keep)]);
    keep(Conservative, [kept()]);
    mask(Light, [view().says(Keep), label("Hello").says(MaskAction::Mask)], Why::Override);
}

#[test]
fn floors_are_lowered_by_nothing() {
    for node in [input("x"), label("x"), view()] {
        mask(Light, [view().says(Keep), node.clone().says(Keep).secure()], Why::Secure);
        let card = node.content(ContentType::CardNumber).says(Keep);
        mask(Light, [card], Why::ContentType);
    }
    mask(Light, [input("x").was_sensitive().says(Keep)], Why::ContentType);
    mask(Light, [view().says(Keep), Node::new(1, Kind::Unknown).picture(3)], Why::UnknownLayer);
    keep(Light, [Node::new(1, Kind::Unknown).picture(3).says(Keep)]);
    check(Light, [Node::new(1, Kind::Keyboard).says(Keep)], Replace, Why::Keyboard);
}

#[test]
fn what_opens_an_account_or_pays_is_a_floor_and_what_nobody_knows_is_personal() {
    for code in 0..=u8::MAX {
        let content = ContentType::from_code(code);
        let node = || [hint("x").content(content).says(Keep)];
        match code {
            1..=3 | 6 | 9 | 10 => mask(Light, node(), Why::ContentType),
            _ => keep(Light, node()),
        }
        assert_eq!(content.is_personal(), !content.is_floor() && code != 0);
    }
}

#[test]
fn what_lies_below_a_floor_is_masked() {
    mask(Light, [view().secure(), view(), label("1234").says(Keep)], Why::Ancestor);
}

#[test]
fn what_lies_below_an_unknown_layer_is_judged_by_itself() {
    keep(Medium, [Node::new(5, Kind::Unknown), label("Hello")]);
}

const OPAQUE: [Kind; 7] = [
    Kind::WebView,
    Kind::Map,
    Kind::Video,
    Kind::Camera,
    Kind::Canvas,
    Kind::Pdf,
    Kind::RemoteView,
];

#[test]
fn content_from_outside_is_replaced_unless_the_view_itself_says_keep() {
    for kind in OPAQUE {
        let opaque = || Node::new(1, kind);
        check(Light, [opaque()], Replace, Why::OpaqueContent);
        check(Light, [opaque().says(MaskAction::Mask)], Replace, Why::OpaqueContent);
        check(Light, [view().says(Keep), opaque()], Replace, Why::OpaqueContent);
        let covered = [view().says(MaskAction::Mask), opaque().says(Keep)];
        check(Light, covered, Replace, Why::OpaqueContent);
        keep(Conservative, [opaque().says(Keep)]);
    }
}

#[test]
fn a_tree_that_was_cut_shows_a_placeholder_there() {
    let mut cut = label("x").says(Keep);
    cut.privacy.truncated = true;
    check(Light, [cut], Replace, Why::Limit);
}

#[test]
fn a_replaced_view_is_a_placeholder_without_anything_below() {
    let mut node = Node::new(1, Kind::Scroll).at(Rect::new(10.0, 20.0, 30.0, 40.0));
    node.names = ["Chat:UIView", "ChatController", "chat", "Helvetica"].map(str::to_owned);
    node.row.geometry.bounds.origin = Point::new(0.0, 300.0);
    let node = node.text(TextRole::Input, "secret").picture(3).says(Replace).with(label("secret"));
    let out = masked(Light, &Forest::of(view().with(node).with(label("after"))));
    let row = out.columns().row(1).unwrap();
    assert_eq!(out.columns().parents(), [u32::MAX, 0, 0]);
    assert_eq!(row.semantics.kind, Kind::Placeholder);
    assert_eq!(out.columns().strings.get(row.semantics.class_chain), "Chat:UIView");
    assert!(row.semantics.identifier.is_none() && row.semantics.controller.is_none());
    // From 8, 16 to 40, 64.
    assert_eq!(row.geometry, Geometry::from_frame(Rect::new(8.0, 16.0, 32.0, 48.0)));
    assert_eq!((row.text, row.image, row.control), Default::default());
}

#[test]
fn masked_text_keeps_the_height_of_its_lines_and_a_wider_frame() {
    let mut node = label("secret").at(Rect::new(13.0, 10.0, 61.5, 20.0));
    let style = TextStyle { size: 17.25, weight: 700, italic: true, ..node.row.text };
    node.row.text = TextStyle { color: Color::WHITE, alignment: Alignment::Right, ..style };
    let row = last(&masked(Conservative, &Forest::of(node)));
    let text = TextStyle { role: TextRole::Static, size: 17.0, ..TextStyle::default() };
    assert_eq!((row.text, row.lines.len), (text, 0));
    assert_eq!(row.geometry, Geometry::from_frame(Rect::new(8.0, 8.0, 72.0, 24.0)));
}

#[test]
fn a_masked_field_is_a_plain_box_of_its_size_whether_it_is_empty_or_not() {
    let place = Rect::new(13.0, 10.0, 61.5, 20.0);
    let plain = |node: Node| {
        let mut node = node.at(place);
        node.row.appearance.background = Color::WHITE;
        node.row.geometry.bounds.origin = Point::new(7.0, 0.0);
        let row = last(&masked(Medium, &Forest::of(node)));
        (row.geometry, row.appearance, row.text, row.control)
    };
    let expected =
        (Geometry::from_frame(place), Default::default(), Default::default(), Default::default());
    assert_eq!(plain(focused(input("secret"))), expected);
    assert_eq!(plain(hint("Your name")), expected);
    assert_eq!(plain(Node::new(1, Kind::TextInput)), expected);
}

#[test]
fn a_masked_control_tells_whether_it_can_be_tapped_and_nothing_else() {
    let mut node = switch();
    node.row.control.flags |= control::TAPPABLE | control::HIGHLIGHTED;
    node.row.appearance.background = Color::BLACK;
    let row = last(&masked(Conservative, &Forest::of(node)));
    assert_eq!(row.control, Control { flags: control::TAPPABLE, ..Control::default() });
    assert_eq!(row.appearance, Default::default());
}

#[test]
fn a_masked_view_does_not_tell_how_far_it_is_scrolled() {
    let mut list = Node::new(1, Kind::List).says(MaskAction::Mask);
    list.row.geometry.bounds.origin = Point::new(0.0, 300.0);
    assert_eq!(last(&masked(Light, &Forest::of(list))).geometry.bounds.origin, Point::ZERO);
}

#[test]
fn an_identifier_that_says_something_private_is_dropped() {
    let identifier = |text: &str| {
        let mut node = label("Hello");
        node.names[2] = text.to_owned();
        let out = masked(Light, &Forest::of(node));
        out.columns().strings.get(last(&out).semantics.identifier).to_owned()
    };
    assert_eq!(identifier("chat.row"), "chat.row");
    assert_eq!(identifier("chat.joe@example.com"), "");
    assert_eq!(identifier("ghp_0123456789abcdef"), "");
}

#[test]
fn where_words_are_masked_the_picture_beside_them_is_judged_by_itself() {
    let button = |kind| Node::new(1, kind).text(TextRole::Static, "Pay").picture(5);
    let picture = |level, node| last(&masked(level, &Forest::of(node))).image.handle.0;
    assert_eq!(picture(Conservative, button(Kind::Symbol)), 5);
    assert_eq!(picture(Conservative, button(Kind::Button)), 0);
    assert_eq!(picture(Light, button(Kind::Button).text(TextRole::Static, "a@b.de")), 5);
    assert_eq!(picture(Light, button(Kind::Button).says(MaskAction::Mask)), 0);
    assert_eq!(picture(Light, view().says(MaskAction::Mask).with(button(Kind::Button))), 0);
}

#[test]
fn hidden_views_are_masked_like_others_and_stay() {
    let mut node = input("secret");
    node.row.appearance.hidden = true;
    let row = last(&masked(Medium, &Forest::of(view().with(node))));
    assert!(row.appearance.hidden && row.mask.action == MaskAction::Mask);
}

/// Every control with a state, at every level, with every pair of overrides.
#[test]
fn every_control_under_every_level_and_override() {
    for kind in Kind::ALL.iter().copied().filter(|kind| kind.has_state()) {
        for level in [Light, Medium, Conservative] {
            for (parent, own, expected) in overrides() {
                let mut parent_view = view();
                parent_view.privacy.override_action = parent;
                let state = Control { flags: control::ON, value: 0.5, index: 2, count: 3 };
                let mut node = Node::new(1, kind).control(state);
                node.privacy.override_action = own;
                let out = masked(level, &Forest::of(parent_view.with(node)));
                let is_masked = level == Conservative || level == Medium && kind.is_picker();
                let by_level = if is_masked { MaskAction::Mask } else { Keep };
                let expected = expected.unwrap_or(by_level);
                assert_control(&out, parent == Some(Replace), expected, state);
            }
        }
    }
}

/// Parent's override, own override, what is done; `None` where the level decides.
fn overrides() -> Vec<(Option<MaskAction>, Option<MaskAction>, Option<MaskAction>)> {
    let all = [None, Some(Keep), Some(MaskAction::Mask), Some(Replace)];
    let mut rows = Vec::new();
    for parent in all {
        for own in all {
            let strongest = parent.max(own);
            let expected =
                if strongest >= Some(MaskAction::Mask) { strongest } else { own.or(parent) };
            rows.push((parent, own, expected));
        }
    }
    rows
}

fn assert_control(out: &Snapshot, is_parent_gone: bool, expected: MaskAction, state: Control) {
    let row = last(out);
    assert_eq!(out.len(), if is_parent_gone { 1 } else { 2 });
    assert_eq!(row.mask.action, expected);
    match expected {
        Keep => assert_eq!(row.control, state),
        _ => assert_eq!((row.control.flags, row.control.value, row.control.index), (0, 0.0, 0)),
    }
}

fn screen() -> Node {
    Node::new(50, Kind::View).at(Rect::new(0.0, 0.0, 400.0, 800.0))
}

fn check_region(action: MaskAction, region: Rect, node: Node, expected: Mask) {
    let forest = Forest::of(screen().with(node)).region(region, action, 0);
    assert_eq!(last(&masked(Light, &forest)).mask, expected);
}

fn by(action: MaskAction, reason: Why) -> Mask {
    Mask { action, reason }
}

#[test]
fn a_mask_region_masks_the_content_it_touches() {
    let region = Rect::new(50.0, 50.0, 100.0, 100.0);
    let masked = by(MaskAction::Mask, Why::Region);
    let at = |x, y| Rect::new(x, y, 20.0, 20.0);
    check_region(MaskAction::Mask, region, label("x").at(at(60.0, 60.0)), masked);
    check_region(MaskAction::Mask, region, label("x").says(Keep).at(at(40.0, 40.0)), masked);
    check_region(MaskAction::Mask, region, label("x").at(at(30.0, 30.0)), Mask::default());
    check_region(MaskAction::Mask, region, view().at(at(60.0, 60.0)), masked);
    check_region(MaskAction::Mask, region, view().at(at(40.0, 40.0)), Mask::default());
}

#[test]
fn a_replace_region_replaces_what_lies_inside_and_masks_what_it_touches() {
    let region = Rect::new(50.0, 50.0, 100.0, 100.0);
    let at = |x, y| Rect::new(x, y, 20.0, 20.0);
    check_region(Replace, region, view().at(at(60.0, 60.0)), by(Replace, Why::Region));
    let masked = by(MaskAction::Mask, Why::Region);
    check_region(Replace, region, label("x").at(at(40.0, 40.0)), masked);
}

#[test]
fn a_keep_region_keeps_what_lies_inside_and_nothing_stronger() {
    let region = Rect::new(50.0, 50.0, 100.0, 100.0);
    let mail = label("joe@example.com").at(Rect::new(60.0, 60.0, 20.0, 20.0));
    check_region(Keep, region, mail.clone(), Mask::default());
    check_region(Keep, region, mail.clone().secure(), by(MaskAction::Mask, Why::Secure));
    let beside = mail.at(Rect::new(45.0, 60.0, 20.0, 20.0));
    check_region(Keep, region, beside, by(MaskAction::Mask, Why::Pattern));
}

#[test]
fn regions_find_nodes_through_scrolling_and_transforms() {
    let mut scroll = Node::new(60, Kind::Scroll).at(Rect::new(0.0, 0.0, 400.0, 800.0));
    scroll.row.geometry.bounds.origin = Point::new(0.0, 500.0);
    let node = scroll.with(label("x").at(Rect::new(60.0, 560.0, 20.0, 20.0)));
    let region = Rect::new(50.0, 50.0, 100.0, 100.0);
    check_region(MaskAction::Mask, region, node, by(MaskAction::Mask, Why::Region));
    let mut turned = Node::new(60, Kind::View).at(Rect::new(300.0, 0.0, 100.0, 800.0));
    turned.row.geometry.transform.scale.x = -1.0;
    let node = turned.with(label("x").at(Rect::new(80.0, 0.0, 20.0, 20.0)));
    let region = Rect::new(301.0, 0.0, 10.0, 10.0);
    check_region(MaskAction::Mask, region, node, by(MaskAction::Mask, Why::Region));
}

#[test]
fn a_node_that_cannot_be_placed_is_touched_by_every_mask_region() {
    let mut lost = label("x");
    lost.row.geometry.transform.scale.x = f32::MAX;
    lost.row.geometry.bounds.size.width = 262_144.0;
    let region = Rect::new(0.0, 0.0, 1.0, 1.0);
    check_region(MaskAction::Mask, region, lost.clone(), by(MaskAction::Mask, Why::Region));
    check_region(Keep, region, lost, Mask::default());
}

#[test]
fn a_region_with_an_owner_speaks_of_its_subtree_only() {
    let place = Rect::new(10.0, 10.0, 20.0, 20.0);
    let owner = Node::new(70, Kind::View).at(place);
    let inside = label("in").at(Rect::new(0.0, 0.0, 20.0, 20.0));
    let tree = screen().with(owner.with(inside)).with(label("out").at(place));
    let masks = |owner| {
        let forest = Forest::of(tree.clone()).region(place, MaskAction::Mask, owner);
        let out = masked(Light, &forest);
        out.columns().masks().iter().map(|mask| mask.action as u8).collect::<Vec<_>>()
    };
    assert_eq!(masks(70), [0, 1, 1, 0]);
    assert_eq!(masks(0), [0, 1, 1, 1]);
    // An owner that is not there may have been anywhere in the window.
    assert_eq!(masks(999), [0, 1, 1, 1]);
}

#[test]
fn windows_keep_their_order_scene_and_level() {
    let forest = Forest {
        windows: vec![(1, 0.0, view()), (2, 5.0, view().says(Replace)), (1, -1.0, label("x"))],
        regions: Vec::new(),
    };
    let out = masked(Light, &forest);
    let windows: Vec<_> = out.windows().map(|(id, w)| (id.0, w.scene.0, w.level)).collect();
    assert_eq!(windows, [(1, 1, 0.0), (2, 2, 5.0), (3, 1, -1.0)]);
}
