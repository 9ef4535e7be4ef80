//! The rooms of the house, and the doors between them.

use std::fs;
use std::path::{Path, PathBuf};

/// Which rooms of `asl-core` a room may name. Data flows down this list.
const MAY_USE: &[(&str, &[&str])] = &[
    ("syntax", &[]),
    ("diagnostic", &[]),
    ("model", &["syntax"]),
    ("decode", &["model", "syntax", "diagnostic"]),
    ("encode", &["model"]),
    ("validate", &["decode", "encode", "model", "syntax", "diagnostic"]),
    ("builder", &["validate", "encode", "model", "syntax"]),
    ("render", &["validate", "model", "syntax"]),
    ("emit", &["validate", "encode", "model", "syntax", "diagnostic"]),
    ("flow", &["validate", "model", "syntax", "diagnostic"]),
    ("expr", &["syntax", "model"]),
    ("ctx", &["expr", "emit", "builder", "validate", "model", "syntax"]),
    ("stage", &["ctx", "flow", "expr", "validate", "model", "syntax"]),
];

/// Files of the crate's root: they open the rooms to the outside.
const FRONT_DOORS: &[&str] = &["lib", "jsonpath", "jsonata", "private"];

/// The same of `asl-local`.
const MAY_USE_LOCAL: &[(&str, &[&str])] = &[
    ("failure", &[]),
    ("unprepared", &[]),
    ("clock", &[]),
    ("random", &[]),
    ("digest", &[]),
    ("hash_order", &[]),
    // two forms of one value: JSON, and what JSONata works with
    ("data", &["jsonata", "failure"]),
    ("jsonata", &["data", "digest", "failure", "random"]),
    ("json_path", &["data", "failure", "unprepared"]),
    ("choice", &["data", "failure", "json_path", "unprepared"]),
    ("intrinsic", &["data", "digest", "failure", "hash_order", "json_path", "random", "unprepared"]),
    ("template", &["data", "failure", "hash_order", "intrinsic", "json_path", "random", "unprepared"]),
    ("history", &["data", "clock"]),
    ("program", &["choice", "data", "failure", "history", "json_path", "jsonata", "random", "template"]),
    ("world", &["data", "failure"]),
    ("items", &["data", "failure", "hash_order", "world"]),
    ("results", &["data", "failure", "world"]),
    (
        "execution",
        &[
            "clock",
            "data",
            "failure",
            "history",
            "items",
            "json_path",
            "jsonata",
            "program",
            "random",
            "results",
            "world",
        ],
    ),
    ("test_state", &["data", "failure", "execution", "history", "program", "world"]),
    ("native", &["clock", "data", "execution", "failure", "items", "jsonata", "random", "results", "world"]),
];

/// Which of our crates a crate may depend on.
const CRATES: &[(&str, &[&str])] = &[
    ("asl-core", &[]),
    ("asl-macros", &["asl-core"]),
    ("asl-local", &["asl-core"]),
    ("asl-cli", &["asl-core", "asl-local"]),
];

/// A file beyond this many lines has more than one subject.
const LONGEST_FILE: usize = 500;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in
            fs::read_dir(&folder).expect("a folder of the project").map(|entry| entry.unwrap().path())
        {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                files.push(entry);
            }
        }
    }
    files.sort();
    files
}

/// Code without comments: documentation may name any room.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    // tests at the end of a file may use any room too
    let text = text.split("\n#[cfg(test)]").next().unwrap_or_default().to_owned();
    text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

/// What files of a crate name that their room may not.
fn closed_doors(source: &Path, may_use: &[(&str, &[&str])], front_doors: &[&str]) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in rust_files(source) {
        let inside = file.strip_prefix(source).unwrap();
        let room = inside.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
        let is_test = inside.iter().any(|part| part == "tests.rs" || part == "tests");
        if front_doors.contains(&room) || is_test {
            continue;
        }
        let Some((_, allowed)) = may_use.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("{room} is no room of ARCHITECTURE.md"));
            continue;
        };
        let code = code(&file);
        for used in code.split("crate::").skip(1) {
            let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let is_room = may_use.iter().any(|(known, _)| *known == name);
            if is_room && name != room && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{} uses {name}", inside.display()));
            }
        }
    }
    wrong
}

#[test]
fn no_room_uses_one_below_it() {
    let wrong = closed_doors(&root().join("asl-core/src"), MAY_USE, FRONT_DOORS);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_room_of_the_engine_uses_one_below_it() {
    // `fixed_scope` is there for tests only
    let wrong = closed_doors(&root().join("asl-local/src"), MAY_USE_LOCAL, &["lib", "fixed_scope"]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn crates_depend_in_one_direction() {
    for (name, may_use) in CRATES {
        let manifest = fs::read_to_string(root().join(name).join("Cargo.toml")).unwrap();
        let normal = manifest.split("[dependencies]").nth(1).unwrap_or_default();
        let normal = normal.split("\n[").next().unwrap_or_default();
        for (other, _) in CRATES {
            let uses = normal.lines().any(|line| line.starts_with(other));
            assert!(!uses || may_use.contains(other), "{name} depends on {other}");
        }
    }
}

#[test]
fn only_the_macros_know_syn() {
    for (name, _) in CRATES.iter().filter(|(name, _)| *name != "asl-macros") {
        let manifest = fs::read_to_string(root().join(name).join("Cargo.toml")).unwrap();
        assert!(!manifest.lines().any(|line| line.starts_with("syn")), "{name} knows syn");
    }
}

/// So that another crate could take its place.
#[test]
fn only_one_folder_knows_the_evaluator_of_jsonata() {
    let source = root().join("asl-local/src");
    let door = source.join("jsonata/backend");
    let files = rust_files(&source);
    let knows = |file: &&PathBuf| code(file).contains("jsonata_core");
    assert!(files.iter().filter(knows).all(|file| file.starts_with(&door)));
    assert!(files.iter().any(|file| knows(&file)), "nothing evaluates JSONata");
}

#[test]
fn every_file_has_one_subject_and_a_name() {
    let mut wrong = Vec::new();
    for folder in
        ["asl-core/src", "asl-macros/src", "asl-local/src", "asl-cli/src", "tests/src", "tests/suite"]
    {
        for file in rust_files(&root().join(folder)) {
            let lines = fs::read_to_string(&file).unwrap().lines().count();
            if lines > LONGEST_FILE {
                wrong.push(format!("{} has {lines} lines", file.display()));
            }
            let name = file.file_stem().unwrap().to_str().unwrap();
            if ["util", "utils", "helper", "helpers", "common", "misc", "manager"].contains(&name) {
                wrong.push(format!("{} says nothing", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
