//! `cargo run --release --manifest-path benches/compile-time/Cargo.toml`: what workflow functions cost the compiler.
//!
//! It writes packages, each with the same 100 state machines: as functions of 20 statements with `#[state_machine]`, and
//! as calls of the builder. Two more show what rustc takes for the functions alone: as plain Rust without the attribute,
//! and with nothing of this project at all, their tasks plain functions. When what they depend on is built, `cargo check`
//! is measured for each in turn, several times, and the fastest times are compared. A package that is run first proves
//! that the machines are the same.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const WORKFLOWS: usize = 100;
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/packages");
    write_packages(&root, &folder)?;
    cargo(&folder, &["run", "--quiet", "--package", "compare"])?;
    let packages = ["builders", "bare", "plain", "functions"];
    for package in packages {
        check(&folder, package)?;
    }
    let mut fastest = [Duration::MAX; 4];
    for round in 1..=ROUNDS {
        for (package, fastest) in packages.iter().zip(&mut fastest) {
            touch(&folder.join(package).join("src/lib.rs"))?;
            let took = check(&folder, package)?;
            writeln!(io::stdout(), "round {round}: {package:<10} {:>6.2} s", took.as_secs_f64())?;
            *fastest = took.min(*fastest);
        }
    }
    let [builders, bare, plain, functions] = fastest.map(|fastest| fastest.as_secs_f64());
    writeln!(
        io::stdout(),
        "{WORKFLOWS} machines, fastest of {ROUNDS}: builder calls {builders:.2} s, functions {functions:.2} s (ratio {:.1}), \
         functions without the attribute {plain:.2} s (ratio {:.1}), without this project {bare:.2} s (ratio {:.1})",
        functions / builders,
        plain / builders,
        bare / builders
    )?;
    Ok(())
}

fn write_packages(root: &Path, folder: &Path) -> io::Result<()> {
    let root = root.display();
    write(
        folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"functions\", \"plain\", \"bare\", \"builders\", \"compare\"]\n\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n",
    )?;
    let lock = folder.join("Cargo.lock");
    if !lock.exists() {
        // the versions of the project itself
        fs::copy(format!("{root}/Cargo.lock"), lock)?;
    }
    let manifest = |name: &str, dependencies: &str| {
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
        )
    };
    let core = format!("asl-core = {{ path = '{root}/asl-core' }}\n");
    let macros = format!(
        "asl-macros = {{ path = '{root}/asl-macros' }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n"
    );
    let package = |name: &str, dependencies: &str, target: &str, text: &str| {
        write(folder.join(name).join("Cargo.toml"), &manifest(name, dependencies))?;
        write(folder.join(name).join("src").join(target), text)
    };
    package("functions", &(core.clone() + &macros), "lib.rs", &functions())?;
    write(folder.join("functions/src/tasks.rs"), include_str!("tasks.rs.txt"))?;
    package("plain", &(core.clone() + &macros), "lib.rs", &plain())?;
    write(folder.join("plain/src/tasks.rs"), include_str!("tasks.rs.txt"))?;
    package("bare", "", "lib.rs", &bare())?;
    write(folder.join("bare/src/tasks.rs"), include_str!("bare.rs.txt"))?;
    package("builders", &core, "lib.rs", &builders())?;
    let both = "functions = { path = \"../functions\" }\nbuilders = { path = \"../builders\" }\n";
    package("compare", both, "main.rs", &compare())
}

fn functions() -> String {
    let imports = "use std::time::Duration;\n\nuse asl_core::ctx::{Ctx, Retry, try_join};\n\
                   use asl_macros::state_machine;\n\npub mod tasks;\nuse tasks::*;\n";
    imports.to_owned() + &numbered(include_str!("functions.rs.txt"))
}

fn plain() -> String {
    let functions = functions().replace("#[state_machine(timeout = \"1h\")]\n", "");
    functions.replace("use asl_macros::state_machine;\n", "")
}

fn bare() -> String {
    let imports = "use std::time::Duration;\n\n#[macro_use]\npub mod tasks;\nuse tasks::*;\n";
    let function = include_str!("functions.rs.txt").replace("#[state_machine(timeout = \"1h\")]\n", "");
    imports.to_owned() + &numbered(&function.replace(".retry(Retry::LAMBDA)", ""))
}

fn builders() -> String {
    let imports = "use asl_core::Validation;\nuse asl_core::jsonata::{Branch, Choice, Fail, Parallel, Retrier, \
                   StateMachine, Task, Wait, end, hours, jsonata, next, payload};\n";
    imports.to_owned() + &numbered(include_str!("builders.rs.txt"))
}

fn compare() -> String {
    let each = numbered(
        "    let function = functions::workflow_NUMBER::definition();\n    \
         let built = builders::workflow_NUMBER().unwrap();\n    \
         assert_eq!(function.to_json_pretty(), built.to_json_pretty(), \"workflow NUMBER\");\n",
    );
    format!("fn main() {{\n{each}}}\n")
}

/// The text for each number.
fn numbered(text: &str) -> String {
    (0..WORKFLOWS).map(|number| text.replace("NUMBER", &number.to_string())).collect()
}

/// A file that is as it should be keeps its time.
fn write(file: PathBuf, text: &str) -> io::Result<()> {
    if fs::read_to_string(&file).is_ok_and(|before| before == text) {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, text)
}

fn touch(file: &Path) -> io::Result<()> {
    let text = fs::read(file)?;
    fs::write(file, text)
}

fn check(folder: &Path, package: &str) -> Result<Duration, Box<dyn Error>> {
    let start = Instant::now();
    cargo(folder, &["check", "--quiet", "--package", package])?;
    Ok(start.elapsed())
}

fn cargo(folder: &Path, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let status = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        // from scratch each time, as in a build of the continuous integration
        .env("CARGO_INCREMENTAL", "0")
        .stdout(Stdio::inherit())
        .status()?;
    if status.success() { Ok(()) } else { Err(format!("cargo {} failed", arguments.join(" ")).into()) }
}
