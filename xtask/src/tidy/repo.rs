//! The repository as the checks see it: text files, members, crate graph.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Node, Package, PackageId};
use ignore::WalkBuilder;

/// Larger files are data, not text that someone wrote, bytes.
const MAX_TEXT_BYTES: usize = 2 * 1024 * 1024;

/// One file that is kept in the repository.
#[derive(Clone, Debug, Default)]
pub(crate) struct File {
    /// Relative to the root, with forward slashes.
    pub(crate) path: String,
    /// `None` where the file is not text or is larger than [`MAX_TEXT_BYTES`].
    pub(crate) text: Option<String>,
}

impl File {
    /// The file's text; empty for a binary file.
    pub(crate) fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// Whether the path ends in one of these extensions.
    pub(crate) fn has_extension(&self, extensions: &[&str]) -> bool {
        let extension = self.path.rsplit_once('.').map(|(_, extension)| extension);
        extension.is_some_and(|extension| extensions.contains(&extension))
    }

    /// Whether the file holds tests alone, by where it stands and its name.
    pub(crate) fn is_test(&self) -> bool {
        const FOLDERS: [&str; 3] = ["tests", "benches", "test"];
        let (folders, name) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        folders.split('/').any(|folder| FOLDERS.contains(&folder))
            || name == "tests.rs"
            || name.contains(".test.")
    }
}

/// A crate of this workspace and the crates of this workspace that it uses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Member {
    /// The crate's name.
    pub(crate) name: String,
    /// Its `Cargo.toml`, relative to the root.
    pub(crate) manifest: String,
    /// Crates of ours that it uses, in the product or in build scripts.
    pub(crate) uses: Vec<String>,
    /// Crates of ours that only its tests use.
    pub(crate) dev_uses: Vec<String>,
}

/// One crate, ours or not, as Cargo resolved it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Crate {
    /// The crate's name.
    pub(crate) name: String,
    /// The foreign library that it links, as its manifest says.
    pub(crate) links: Option<String>,
    /// The licence expression of its manifest.
    pub(crate) licence: Option<String>,
    /// Whether it comes from a registry.
    pub(crate) is_outside: bool,
    /// Keys of the crates it needs at run time or to be built; tests left out.
    pub(crate) needs: Vec<String>,
}

/// Every crate that Cargo resolved, by package id.
pub(crate) type Graph = BTreeMap<String, Crate>;

/// Everything that the checks read.
pub(crate) struct Repo {
    /// Sorted by path.
    pub(crate) files: Vec<File>,
    /// The crates of this workspace.
    pub(crate) members: Vec<Member>,
    /// Ours and all that they need.
    pub(crate) graph: Graph,
}

impl Repo {
    /// Reads the repository that this program was built from.
    ///
    /// # Errors
    /// Where Cargo cannot read the workspace or a file cannot be read.
    pub(crate) fn load() -> Result<Self, Box<dyn Error>> {
        let metadata = MetadataCommand::new()
            .manifest_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml"))
            .other_options(["--locked".to_owned()])
            .exec()?;
        let root = metadata.workspace_root.clone().into_std_path_buf();
        Ok(Self { files: read_files(&root)?, members: members(&metadata), graph: graph(&metadata) })
    }

    /// The text of the file at `path`, relative to the root.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        let file = self.files.iter().find(|file| file.path == path)?;
        file.text.as_deref()
    }
}

fn read_files(root: &Path) -> Result<Vec<File>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in kept_files(root) {
        let path = entry?;
        files.push(read_file(root, &path)?);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Every file that `.gitignore` does not name, hidden ones included.
fn kept_files(root: &Path) -> impl Iterator<Item = Result<PathBuf, ignore::Error>> {
    WalkBuilder::new(root)
        .hidden(false)
        .parents(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build()
        .filter(|entry| !matches!(entry, Ok(entry) if entry.path().is_dir()))
        .map(|entry| entry.map(ignore::DirEntry::into_path))
}

fn read_file(root: &Path, path: &Path) -> Result<File, Box<dyn Error>> {
    let bytes = std::fs::read(path)?;
    let is_text = bytes.len() <= MAX_TEXT_BYTES && !bytes.contains(&0);
    let text = is_text.then(|| String::from_utf8(bytes).ok()).flatten();
    let path = relative(root, path);
    Ok(File { path, text })
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

fn members(metadata: &Metadata) -> Vec<Member> {
    let packages = metadata.workspace_packages();
    packages.into_iter().map(|package| member(metadata, package)).collect()
}

fn member(metadata: &Metadata, package: &Package) -> Member {
    let root = metadata.workspace_root.as_std_path();
    let (dev, product): (Vec<_>, Vec<_>) = package
        .dependencies
        .iter()
        .filter(|dependency| dependency.path.is_some())
        .partition(|dependency| dependency.kind == DependencyKind::Development);
    Member {
        name: package.name.to_string(),
        manifest: relative(root, package.manifest_path.as_std_path()),
        uses: product.into_iter().map(|dependency| dependency.name.clone()).collect(),
        dev_uses: dev.into_iter().map(|dependency| dependency.name.clone()).collect(),
    }
}

fn graph(metadata: &Metadata) -> Graph {
    let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
    let needs: BTreeMap<&PackageId, Vec<String>> =
        nodes.map(|node| (&node.id, product_needs(node))).collect();
    let packages = metadata.packages.iter();
    packages
        .map(|package| {
            let needs = needs.get(&package.id).cloned().unwrap_or_default();
            (package.id.repr.clone(), resolved(package, needs))
        })
        .collect()
}

fn resolved(package: &Package, needs: Vec<String>) -> Crate {
    Crate {
        name: package.name.to_string(),
        links: package.links.clone(),
        licence: package.license.clone(),
        is_outside: package.source.is_some(),
        needs,
    }
}

fn product_needs(node: &Node) -> Vec<String> {
    let is_product = |kind: &cargo_metadata::DepKindInfo| kind.kind != DependencyKind::Development;
    let needed = node.deps.iter().filter(|dep| dep.dep_kinds.iter().any(is_product));
    needed.map(|dep| dep.pkg.repr.clone()).collect()
}
