//! Each pattern says the same in both forms, is free of warnings, and gives the JSON that was reviewed.

use asl_core::render;
use asl_examples::{PATTERNS, Pattern};

fn pattern(name: &str) -> &'static Pattern {
    PATTERNS.iter().find(|pattern| pattern.name == name).expect("the name of a pattern")
}

#[test]
fn both_forms_give_the_same_bytes() {
    for pattern in PATTERNS {
        let built = (pattern.built)().unwrap_or_else(|invalid| panic!("{}: {invalid}", pattern.name));
        let written = (pattern.written)();
        assert_eq!(built.to_json_pretty(), written.to_json_pretty(), "{}", pattern.name);
        assert_eq!(built.workflow_type(), written.workflow_type(), "{}", pattern.name);
    }
}

#[test]
fn no_pattern_has_a_warning() {
    for pattern in PATTERNS {
        assert_eq!((pattern.written)().warnings(), [], "{}", pattern.name);
    }
}

#[test]
fn the_json_is_as_reviewed() {
    for pattern in PATTERNS {
        insta::assert_snapshot!(pattern.name, (pattern.written)().to_json_pretty());
    }
}

#[test]
fn the_pictures_are_as_reviewed() {
    for name in ["choice_by_plan", "parallel_notifications", "saga", "polling", "order_workflow"] {
        insta::assert_snapshot!(format!("{name}.mermaid"), render::mermaid(&(pattern(name).written)()));
    }
}

#[test]
fn every_pattern_is_in_the_list() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/patterns");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name != "mod")
        .collect();
    let mut names: Vec<&str> = PATTERNS.iter().map(|pattern| pattern.name).collect();
    files.sort();
    names.sort_unstable();
    assert_eq!(files, names);
}

#[test]
fn the_readme_shows_the_picture_that_is_drawn() {
    let readme = include_str!("../../README.md");
    let picture = render::mermaid(&(pattern("order_workflow").written)());
    assert!(
        readme.contains(&format!("```mermaid\n{picture}```")),
        "the README's picture is not this:\n{picture}"
    );
}
