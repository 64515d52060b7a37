//! Links from one page of ours to another.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::finding::Finding;
use super::repo::File;

/// A link and the line on which it stands, counted from 1.
struct Link {
    target: String,
    line: usize,
}

#[derive(Default)]
struct Page {
    links: Vec<Link>,
    anchors: BTreeSet<String>,
}

/// Follows every relative link of every Markdown file.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let markdown = files.iter().filter(|file| file.has_extension(&["md"]));
    let pages: BTreeMap<&str, Page> =
        markdown.map(|file| (file.path.as_str(), read(file.text()))).collect();
    let places = places(files);
    let links = pages.iter().flat_map(|(path, page)| page.links.iter().map(move |l| (*path, l)));
    links.filter_map(|(path, link)| follow(path, link, &pages, &places)).collect()
}

/// Every file and every folder that holds one.
fn places(files: &[File]) -> BTreeSet<&str> {
    let with_folders = |path| {
        std::iter::successors(Some(path), |path: &&str| {
            path.rsplit_once('/').map(|(folder, _)| folder)
        })
    };
    files.iter().flat_map(|file| with_folders(file.path.as_str())).collect()
}

fn follow(
    from: &str,
    link: &Link,
    pages: &BTreeMap<&str, Page>,
    places: &BTreeSet<&str>,
) -> Option<Finding> {
    let (path, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
    if path.contains(':') {
        return None;
    }
    let place = if path.is_empty() { from.to_owned() } else { resolve(from, path) };
    let problem = if place.is_empty() || places.contains(place.as_str()) {
        let page = pages.get(place.as_str())?;
        let is_there = anchor.is_empty() || page.anchors.contains(anchor);
        (!is_there).then(|| format!("{place} has no heading for #{anchor}"))?
    } else {
        format!("there is no {place}")
    };
    Some(Finding::line(from, link.line, format!("{problem}: mend the link")))
}

/// The path that `target` means in the file `from`, both relative to the root.
fn resolve(from: &str, target: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let start = if target.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn read(text: &str) -> Page {
    let mut page = Page::default();
    let mut heading: Option<String> = None;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => page.add_heading(&heading.take().unwrap_or_default()),
            Event::Text(part) | Event::Code(part) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&part);
                }
            }
            Event::Start(
                Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. },
            ) if link_type != LinkType::Email => {
                let line = text[..range.start].lines().count().max(1);
                page.links.push(Link { target: dest_url.into_string(), line });
            }
            _ => {}
        }
    }
    page
}

impl Page {
    /// Adds the anchor that code forges make of a heading; the second of two
    /// equal headings gets `-1`.
    fn add_heading(&mut self, heading: &str) {
        let slug = slug(heading);
        let numbered = (1..).map(|number| format!("{slug}-{number}"));
        let mut names = std::iter::once(slug.clone()).chain(numbered);
        let free = names.find(|name| !self.anchors.contains(name));
        self.anchors.extend(free);
    }
}

fn slug(heading: &str) -> String {
    let lower = heading.trim().to_lowercase();
    let kept = lower.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let file =
            |path: &str, text: &str| File { path: path.to_owned(), text: Some(text.to_owned()) };
        let files = [
            file("docs/a.md", text),
            file("docs/adr/b.md", "# The `b` page\n\n## Why, then?\n\n## Why, then?\n"),
            file("README.md", "# Top\n"),
        ];
        check(&files).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_link_to_a_missing_file_is_found() {
        assert_eq!(found("[x](nothing.md)"), ["there is no docs/nothing.md: mend the link"]);
        assert_eq!(found("![x](images/nothing.png)").len(), 1);
        assert_eq!(found("[x]\n\n[x]: nothing.md\n").len(), 1);
    }

    #[test]
    fn links_to_files_and_folders_are_followed_from_where_they_stand() {
        assert_eq!(found("[x](adr/b.md) [x](../README.md) [x](adr/) [x](adr)").len(), 0);
    }

    #[test]
    fn an_anchor_without_a_heading_is_found() {
        assert_eq!(found("[x](adr/b.md#why-then) [x](adr/b.md#why-then-1)").len(), 0);
        assert_eq!(found("[x](adr/b.md#the-b-page)").len(), 0);
        assert_eq!(found("[x](adr/b.md#because)").len(), 1);
        assert_eq!(found("# Here\n\n[x](#here) [x](#there)").len(), 1);
    }

    #[test]
    fn the_web_and_code_are_left_alone() {
        assert_eq!(found("[x](https://example.org/a.md) `[x](nothing.md)`").len(), 0);
        assert_eq!(found("```\n[x](nothing.md)\n```\n").len(), 0);
    }
}
