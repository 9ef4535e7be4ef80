//! The seeds of `fuzz/corpus`, each given to the property that its fuzz target calls.

use std::fs;
use std::path::{Path, PathBuf};

use asl_tests::properties::TARGETS;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_seed_has_the_property_of_its_target() {
    for (target, property) in TARGETS {
        let seeds = files(&fuzz().join("corpus").join(target));
        assert!(seeds.len() >= 8, "{target} has {} seeds", seeds.len());
        for seed in seeds {
            // the property's own message names the text
            eprintln!("{}", seed.display());
            property(&fs::read(seed).unwrap());
        }
    }
}

#[test]
fn every_target_is_one_call_of_its_property() {
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    let targets = files(&fuzz().join("fuzz_targets"));
    assert_eq!(targets.len(), TARGETS.len());
    for (target, _) in TARGETS {
        let code = fs::read_to_string(fuzz().join(format!("fuzz_targets/{target}.rs"))).unwrap();
        assert_eq!(code.matches("properties::").count(), 1, "{target}");
        assert!(manifest.contains(&format!("name = \"{target}\"")), "{target} is not in the manifest");
        assert!(fuzz().join("corpus").join(target).is_dir());
    }
}
