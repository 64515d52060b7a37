//! One Rust file, parsed, with what the checks ask of it.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A function and how many lines it takes, signature and braces included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) name: String,
    /// Where it begins, counted from 1.
    pub(crate) line: usize,
    pub(crate) lines: usize,
}

/// What the checks ask of a Rust file.
#[derive(Clone, Debug, Default)]
pub(crate) struct RustFile {
    /// Whether the file opens with `//!`.
    pub(crate) has_module_doc: bool,
    /// Words in the file's own attributes, such as `deny` and `panic`.
    pub(crate) attribute_words: Vec<String>,
    /// Every function, methods and tests included.
    pub(crate) functions: Vec<Function>,
    /// Lines that stand in items for tests alone.
    pub(crate) test_lines: usize,
    /// Names of modules in other files that are for tests alone.
    pub(crate) test_modules: Vec<String>,
    /// Every name in the code, with its line; comments and strings left out.
    pub(crate) names: Vec<(String, usize)>,
}

/// Parses the text of a file.
///
/// # Errors
/// Where it is no Rust.
pub(crate) fn parse(text: &str) -> syn::Result<RustFile> {
    let file = syn::parse_file(text)?;
    let mut parsed = RustFile {
        has_module_doc: file.attrs.iter().any(|attr| attr.path().is_ident("doc")),
        attribute_words: file.attrs.iter().flat_map(attribute_words).collect(),
        names: names(text.parse().unwrap_or_default()),
        ..RustFile::default()
    };
    parsed.visit_file(&file);
    Ok(parsed)
}

fn attribute_words(attribute: &syn::Attribute) -> Vec<String> {
    let path = attribute.path().segments.iter().map(|segment| segment.ident.to_string());
    let tokens = match &attribute.meta {
        syn::Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    path.chain(names(tokens).into_iter().map(|(name, _)| name)).collect()
}

fn names(tokens: TokenStream) -> Vec<(String, usize)> {
    let of_tree = |tree| match tree {
        TokenTree::Ident(ident) => vec![(ident.to_string(), ident.span().start().line)],
        TokenTree::Group(group) => names(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => Vec::new(),
    };
    tokens.into_iter().flat_map(of_tree).collect()
}

/// Whether `#[cfg(test)]`, or a `cfg` that asks for it among others.
fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    let mut cfgs = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    cfgs.any(|cfg| {
        let words = attribute_words(cfg);
        words.iter().any(|word| word == "test") && !words.iter().any(|word| word == "not")
    })
}

fn lines(from: Span, to: Span) -> usize {
    to.end().line.saturating_sub(from.start().line) + 1
}

impl RustFile {
    fn push_function(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let start = signature.span();
        self.functions.push(Function {
            name: signature.ident.to_string(),
            line: start.start().line,
            lines: lines(start, block.brace_token.span.close()),
        });
    }
}

impl Visit<'_> for RustFile {
    fn visit_item_fn(&mut self, item: &syn::ItemFn) {
        self.push_function(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &syn::ImplItemFn) {
        self.push_function(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.push_function(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item_mod(&mut self, item: &syn::ItemMod) {
        if is_for_tests(&item.attrs) {
            self.test_lines += lines(item.span(), item.span());
            if item.content.is_none() {
                self.test_modules.push(item.ident.to_string());
            }
        }
        visit::visit_item_mod(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> RustFile {
        parse(text).expect("the example is Rust")
    }

    #[test]
    fn functions_are_counted_from_signature_to_closing_brace() {
        let file = parsed("//! A.\n/// Says.\nfn long(\n    a: u8,\n) -> u8 {\n    a\n}\n");
        let long = Function { name: "long".to_owned(), line: 3, lines: 5 };
        assert_eq!(file.functions, [long]);
    }

    #[test]
    fn methods_and_functions_within_functions_are_counted() {
        let text = "struct A;\nimpl A { fn b(&self) { fn c() {} c() } }\ntrait D { fn e() {} }\n";
        let names: Vec<_> = parsed(text).functions.into_iter().map(|found| found.name).collect();
        assert_eq!(names, ["b", "c", "e"]);
    }

    #[test]
    fn lines_of_test_modules_are_told_apart() {
        let file = parsed("fn a() {}\n\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n");
        assert_eq!(file.test_lines, 4);
        assert_eq!(parsed("#[cfg(not(test))]\nmod real {\n}\n").test_lines, 0);
    }

    #[test]
    fn test_modules_in_other_files_are_named() {
        let file = parsed("#[cfg(test)]\nmod properties;\nmod code;\n");
        assert_eq!(file.test_modules, ["properties"]);
    }

    #[test]
    fn names_are_found_inside_macros_but_not_in_comments_or_strings() {
        let file = parsed("fn a() {\n    // beta\n    assert!(gamma(\"delta\"));\n}\n");
        assert!(file.names.contains(&("gamma".to_owned(), 3)));
        assert!(!file.names.iter().any(|(name, _)| name == "beta" || name == "delta"));
    }

    #[test]
    fn a_file_that_opens_with_an_item_has_no_module_doc() {
        assert!(!parsed("/// Only the item's.\nfn a() {}\n").has_module_doc);
        assert!(parsed("//! The module's.\nfn a() {}\n").has_module_doc);
    }
}
