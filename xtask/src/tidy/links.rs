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

/// Follows every relative link of every Markdown file, and finds pages of
/// `docs/` that no other page leads to.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let markdown = files.iter().filter(|file| file.has_extension(&["md"]));
    let pages: BTreeMap<&str, Page> =
        markdown.map(|file| (file.path.as_str(), read(file.text()))).collect();
    let places = places(files);
    let links = pages.iter().flat_map(|(path, page)| page.links.iter().map(move |l| (*path, l)));
    let broken = links.filter_map(|(path, link)| follow(path, link, &pages, &places));
    broken.chain(orphans(&pages)).collect()
}

fn orphans(pages: &BTreeMap<&str, Page>) -> Vec<Finding> {
    let targets = |(from, page): (&&str, &Page)| -> Vec<String> {
        let others = page.links.iter().map(|link| place(from, link));
        others.filter(|place| place != from).collect()
    };
    let linked: BTreeSet<String> = pages.iter().flat_map(targets).collect();
    let docs = pages.keys().filter(|path| path.starts_with("docs/"));
    let orphans = docs.filter(|path| !linked.contains(**path));
    let message = "no page leads here: link it from the index of its folder, or delete it";
    orphans.map(|path| Finding::file(path, message)).collect()
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
    if link.path().contains(':') {
        return None;
    }
    let (place, anchor) = (place(from, link), link.anchor());
    let problem = if place.is_empty() || places.contains(place.as_str()) {
        let page = pages.get(place.as_str())?;
        let is_there = anchor.is_empty() || page.anchors.contains(anchor);
        (!is_there).then(|| format!("{place} has no heading for #{anchor}"))?
    } else {
        format!("there is no {place}")
    };
    Some(Finding::line(from, link.line, format!("{problem}: mend the link")))
}

impl Link {
    fn path(&self) -> &str {
        self.target.split_once('#').map_or(&self.target, |(path, _)| path)
    }

    fn anchor(&self) -> &str {
        self.target.split_once('#').map_or("", |(_, anchor)| anchor)
    }
}

/// The file or folder that a link in the file `from` leads to.
fn place(from: &str, link: &Link) -> String {
    match link.path() {
        "" => from.to_owned(),
        path => resolve(from, path),
    }
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
            file("README.md", "# Top\n\n[a](docs/a.md) [b](docs/adr/b.md)\n"),
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
    fn a_page_that_no_other_page_leads_to_is_found() {
        let page =
            |path: &str, text: &str| File { path: path.to_owned(), text: Some(text.to_owned()) };
        let findings = check(&[
            page("README.md", "[a](docs/a.md)"),
            page("docs/a.md", "No link."),
            page("docs/lonely.md", "[myself](lonely.md)"),
        ]);
        let lonely = findings.iter().filter(|finding| finding.message.starts_with("no page"));
        assert_eq!(lonely.count(), 1);
    }

    #[test]
    fn the_web_and_code_are_left_alone() {
        assert_eq!(found("[x](https://example.org/a.md) `[x](nothing.md)`").len(), 0);
        assert_eq!(found("```\n[x](nothing.md)\n```\n").len(), 0);
    }
}
