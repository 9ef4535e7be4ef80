use std::fs;
use std::io;
use std::path::Path;

/// Whether a text is the name of a file inside any directory, on every system.
pub(super) fn is_file_name(name: &str) -> bool {
    let is_good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    !name.is_empty() && !name.starts_with('.') && !name.ends_with('.') && name.chars().all(is_good)
}

/// Writes a file unless it has this content already. A reader sees the old content or the new, nothing between.
pub(super) fn write_if_changed(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    // in the same directory, so that the renaming stays on one file system
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let new = path.with_file_name(name);
    let result = fs::write(&new, text).and_then(|()| fs::rename(&new, path));
    if result.is_err() {
        // what could not become the file shall not stay beside it; the first error is the one to report
        let _ = fs::remove_file(&new);
    }
    result
}
