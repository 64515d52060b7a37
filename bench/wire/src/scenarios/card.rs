//! A card of the feed and the post that it shows.

use crate::scene::{Key, Node, SCREEN, Scene, colors, font, picture};
use crate::stage::{Stage, ease_out};
use crate::words::Prose;
use viewreel_model::{Color, Kind, Point, Transform};

/// How long a video lasts, in seconds.
const VIDEO_S: f32 = 48.0;

/// What a card shows.
pub(crate) struct Post {
    author: String,
    place: String,
    time: String,
    text: String,
    comments: [(String, String); 2],
    picture: u64,
    counts: [u64; 3],
    has_video: bool,
}

impl Post {
    /// Draws a post.
    pub(crate) fn draw(prose: &mut Prose) -> Self {
        Self {
            author: prose.name(),
            place: prose.phrase(2),
            time: prose.clock(),
            text: prose.sentence(18),
            comments: [(prose.name(), prose.sentence(5)), (prose.name(), prose.sentence(6))],
            picture: 1_000 + prose.below(5_000),
            counts: [prose.below(900), prose.below(80), prose.below(30)],
            has_video: prose.below(3) == 0,
        }
    }
}

/// The views of a card that change with its post.
pub(crate) struct Card {
    /// The cell.
    pub(crate) cell: Key,
    /// Index of the post.
    pub(crate) item: usize,
    /// Where it stands in the list, in points.
    pub(crate) top: f32,
    avatar: Key,
    head: [Key; 3],
    picture: Key,
    video: [Key; 3],
    text: Key,
    heart: Key,
    counts: [Key; 3],
    comments: [[Key; 2]; 2],
}

impl Card {
    /// Makes a card that shows nothing yet: 33 views.
    pub(crate) fn add(scene: &mut Scene, list: Key) -> Self {
        let class = "PostCell:UICollectionViewCell:UIView";
        let cell = scene.add(list, Node::cell(class, [0.0, 0.0, SCREEN.width, 224.0]));
        let content = Node::view([0.0, 0.0, SCREEN.width, 224.0]).filled(colors::PAPER);
        let content = scene.add(cell, content.round(12.0).shadowed(6.0));
        let (avatar, head) = add_head(scene, content);
        let (picture, video) = add_media(scene, content);
        let text = Node::paragraph("", font(14.0, 400), 4, [150.0, 52.0, 227.0, 76.0]);
        let text = scene.add(content, text);
        let (heart, counts) = add_actions(scene, content);
        let comments = [0, 1].map(|index| add_comment(scene, content, index));
        let (item, top) = (usize::MAX, 0.0);
        Self { cell, item, top, avatar, head, picture, video, text, heart, counts, comments }
    }

    /// Shows a post, at that place in the list.
    pub(crate) fn show(&mut self, scene: &mut Scene, item: usize, top: f32, post: &Post) {
        (self.item, self.top) = (item, top);
        scene[self.cell].generation += 1;
        scene.place(self.cell, 0.0, top);
        scene[self.avatar].picture = picture(post.picture % 40 + 1);
        scene[self.picture].picture = picture(post.picture);
        for (key, text) in self.head.iter().zip([&post.author, &post.place, &post.time]) {
            scene.say(*key, text);
        }
        scene.say(self.text, &post.text);
        for (key, count) in self.counts.iter().zip(post.counts) {
            scene.say(*key, &count.to_string());
        }
        for (keys, (author, text)) in self.comments.iter().zip(&post.comments) {
            scene.say(keys[0], author);
            scene.say(keys[1], text);
        }
        for key in self.video {
            scene[key].appearance.hidden = !post.has_video;
        }
        scene[self.heart].picture.tint = colors::GREY;
    }

    /// Moves the video's bar and time on.
    pub(crate) fn play_on(&self, scene: &mut Scene, second: f32) {
        let [_, bar, time] = self.video;
        scene[bar].control.value = (second % VIDEO_S) / VIDEO_S;
        scene.say(time, &format!("0:{:02}", (second % VIDEO_S) as u32));
    }

    /// The heart swells and the count goes up by one.
    pub(crate) fn like(&self, stage: &mut Stage) {
        let count = stage.scene[self.counts[0]].label.as_ref();
        let count: u64 = count.and_then(|label| label.text.parse().ok()).unwrap_or(0);
        stage.frame();
        stage.scene[self.heart].picture.tint = colors::ALERT;
        stage.scene.say(self.counts[0], &(count + 1).to_string());
        stage.animate(400, |scene, t| {
            let factor = 1.0 + 0.5 * (1.0 - ease_out(t));
            let scale = Point::new(factor, factor);
            let grown = Transform { scale, ..Transform::IDENTITY };
            scene[self.heart].transform = if t < 1.0 { grown } else { Transform::IDENTITY };
        });
    }
}

fn add_head(scene: &mut Scene, content: Key) -> (Key, [Key; 3]) {
    let head = scene.add(content, Node::view([0.0, 0.0, SCREEN.width, 48.0]));
    let avatar = scene.add(head, Node::picture(1, [16.0, 8.0, 32.0, 32.0]).round(16.0));
    let author = Node::label("", font(15.0, 600), [58.0, 6.0, 200.0, 20.0]);
    let place = Node::label("", font(12.0, 400).grey(), [58.0, 26.0, 200.0, 16.0]);
    let time = Node::label("", font(12.0, 400).grey(), [270.0, 8.0, 70.0, 16.0]).trailing();
    let labels = [author, place, time].map(|node| scene.add(head, node));
    let more = scene.add(head, Node::button("post.more", [346.0, 4.0, 40.0, 40.0]));
    scene.add(more, Node::symbol("ellipsis", colors::GREY, [10.0, 10.0, 20.0, 20.0]));
    (avatar, labels)
}

/// A picture, and a video before it that may be hidden.
fn add_media(scene: &mut Scene, content: Key) -> (Key, [Key; 3]) {
    let frame = [16.0, 52.0, 124.0, 124.0];
    let picture = scene.add(content, Node::picture(1, frame).round(8.0));
    let video = Node::new(Kind::Video, "PlayerView:UIView", frame).filled(Color::BLACK);
    let video = scene.add(content, video.round(8.0).named("post.video"));
    let class = "UIProgressView:UIView";
    let bar = scene.add(content, Node::new(Kind::Progress, class, [24.0, 166.0, 80.0, 4.0]));
    let time = font(11.0, 500).ink(Color::WHITE);
    let time = Node::label("0:00", time, [108.0, 160.0, 30.0, 14.0]).trailing();
    (picture, [video, bar, scene.add(content, time)])
}

fn add_actions(scene: &mut Scene, content: Key) -> (Key, [Key; 3]) {
    let icons = ["heart", "bubble.right", "paperplane"];
    let buttons = [0, 1, 2].map(|index: usize| {
        let frame = [150.0 + 64.0 * index as f32, 132.0, 60.0, 44.0];
        let button = scene.add(content, Node::button("post.action", frame));
        let icon = Node::symbol(icons[index], colors::GREY, [4.0, 12.0, 20.0, 20.0]);
        let icon = scene.add(button, icon);
        let count = Node::label("", font(13.0, 500).grey(), [28.0, 13.0, 32.0, 18.0]);
        (icon, scene.add(button, count))
    });
    let save = scene.add(content, Node::button("post.save", [346.0, 132.0, 40.0, 44.0]));
    scene.add(save, Node::symbol("bookmark", colors::GREY, [10.0, 12.0, 20.0, 20.0]));
    (buttons[0].0, buttons.map(|(_, count)| count))
}

fn add_comment(scene: &mut Scene, content: Key, index: usize) -> [Key; 2] {
    let frame = [16.0, 180.0 + 20.0 * index as f32, 361.0, 20.0];
    let row = scene.add(content, Node::view(frame));
    let author = Node::label("", font(13.0, 600), [0.0, 1.0, 110.0, 18.0]);
    let text = Node::label("", font(13.0, 400), [114.0, 1.0, 247.0, 18.0]);
    [author, text].map(|node| scene.add(row, node))
}
