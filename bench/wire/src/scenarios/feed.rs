//! A feed of cards with pictures, carousels and a video.

use super::card::{Card, Post};
use crate::scene::{Key, Node, SCREEN, Scene, Shell, add_indicator, add_tabs, font};
use crate::session::Session;
use crate::stage::{Fling, Stage};
use crate::words::Prose;
use viewreel_model::{Kind, Point};

/// Height of a card with the space below it, in points.
pub(crate) const CARD_HEIGHT: f32 = 232.0;
/// The first card begins below bar and stories, in points.
const TOP: f32 = 215.0;
/// Cards that are kept: what shows, and some ahead.
const CARDS: usize = 7;
const POSTS: usize = 60;
const STORIES: usize = 10;

const FLINGS: [(u64, f32); 6] =
    [(2_000, 2.4), (9_000, 1.8), (16_500, 2.6), (27_500, -1.7), (37_000, 2.2), (52_000, 2.0)];

/// The feed.
struct Feed {
    list: Key,
    indicator: Key,
    stories: Key,
    cards: Vec<Card>,
    posts: Vec<Post>,
}

/// A minute of looking through a feed.
pub(crate) fn play() -> Session {
    let mut stage = Stage::new();
    let mut feed = Feed::build(&mut stage.scene);
    stage.launch("Feed");
    feed.swipe_stories(&mut stage);
    for (index, (begin_ms, speed)) in FLINGS.into_iter().enumerate() {
        while stage.now_ms() + 1_200 < begin_ms {
            feed.watch(&mut stage, 500);
        }
        stage.until(begin_ms);
        feed.fling(&mut stage, speed);
        stage.rest(500);
        feed.like(&mut stage, index);
    }
    while stage.now_ms() < 59_000 {
        feed.watch(&mut stage, 500);
    }
    stage.finish()
}

impl Feed {
    fn build(scene: &mut Scene) -> Self {
        let shell = Shell::open(scene, "Feed");
        add_tabs(scene, shell, ["house", "magnifyingglass", "play.rectangle", "person"]);
        let (wrapper, view) = Shell::screen(scene, "FeedViewController");
        shell.show(scene, wrapper);
        let frame = [0.0, 0.0, SCREEN.width, SCREEN.height];
        let class = "UICollectionView:UIScrollView:UIView";
        let list = scene.add(view, Node::scroll(Kind::List, class, frame).named("feed"));
        let stories = add_stories(scene, list);
        let mut prose = Prose::new(43);
        let posts: Vec<_> = (0..POSTS).map(|_| Post::draw(&mut prose)).collect();
        let mut cards: Vec<_> = (0..CARDS).map(|_| Card::add(scene, list)).collect();
        for (item, card) in cards.iter_mut().enumerate() {
            card.show(scene, item, TOP + item as f32 * CARD_HEIGHT, &posts[item]);
        }
        let indicator = add_indicator(scene, list);
        Self { list, indicator, stories, cards, posts }
    }

    fn fling(&mut self, stage: &mut Stage, speed: f32) {
        let end = TOP + POSTS as f32 * CARD_HEIGHT - SCREEN.height;
        let (scroll, indicator) = (self.list, Some(self.indicator));
        let fling = Fling { scroll, indicator, is_sideways: false, speed, range: (0.0, end) };
        let from = Point::new(180.0, if speed > 0.0 { 640.0 } else { 260.0 });
        fling.play(stage, from, |scene, offset| self.recycle(scene, offset));
        stage.event("Feed Scrolled");
    }

    /// Cards that have left the screen come back in front of the others, where
    /// UIKit's collection views insert.
    fn recycle(&mut self, scene: &mut Scene, offset: f32) {
        let first = ((offset - TOP) / CARD_HEIGHT).floor().max(1.0) as usize - 1;
        let wanted = first..(first + CARDS).min(POSTS);
        for item in wanted.clone() {
            if self.cards.iter().all(|card| card.item != item) {
                let free = self.cards.iter_mut().find(|card| !wanted.contains(&card.item));
                let Some(card) = free else { return };
                card.show(scene, item, TOP + item as f32 * CARD_HEIGHT, &self.posts[item]);
                scene.attach(self.list, card.cell, CARDS);
            }
        }
    }

    /// The video of the card in the middle plays on.
    fn watch(&self, stage: &mut Stage, ms: u64) {
        let middle = stage.scene[self.list].scroll.y + 400.0;
        let second = stage.now_ms() as f32 / 1_000.0;
        let is_there = |card: &&Card| (card.top..card.top + CARD_HEIGHT).contains(&middle);
        if let Some(card) = self.cards.iter().find(is_there) {
            card.play_on(&mut stage.scene, second);
        }
        stage.rest(ms);
    }

    fn like(&self, stage: &mut Stage, index: usize) {
        let card = &self.cards[index % CARDS];
        stage.tap(Point::new(40.0, 560.0));
        stage.event("Post Liked");
        card.like(stage);
    }

    fn swipe_stories(&self, stage: &mut Stage) {
        let fling = Fling {
            scroll: self.stories,
            indicator: None,
            is_sideways: true,
            speed: 0.9,
            range: (0.0, STORIES as f32 * 84.0 - SCREEN.width),
        };
        fling.play(stage, Point::new(300.0, 150.0), |_, _| {});
    }
}

/// A row of round pictures that can be swiped: 32 views.
fn add_stories(scene: &mut Scene, list: Key) -> Key {
    let mut prose = Prose::new(47);
    let class = "UICollectionView:UIScrollView:UIView";
    let frame = [0.0, 103.0, SCREEN.width, 104.0];
    let strip = scene.add(list, Node::scroll(Kind::List, class, frame).named("feed.stories"));
    for index in 0..STORIES {
        let frame = [8.0 + 84.0 * index as f32, 4.0, 76.0, 96.0];
        let cell = scene.add(strip, Node::cell("StoryCell:UICollectionViewCell:UIView", frame));
        let picture = Node::picture(500 + index as u64, [6.0, 4.0, 64.0, 64.0]).round(32.0);
        scene.add(cell, picture.bordered(2.0, crate::scene::colors::ACCENT));
        let name = Node::label(&prose.name(), font(11.0, 400), [0.0, 74.0, 76.0, 14.0]);
        scene.add(cell, name.centered());
    }
    strip
}
