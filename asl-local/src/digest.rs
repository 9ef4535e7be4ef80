//! The hashes of `$hash` and `States.Hash`.

use std::fmt::Write as _;

use md5::Md5;
use sha1::Sha1;
use sha2::digest::Digest;
use sha2::{Sha256, Sha384, Sha512};

type Algorithm = fn(&[u8]) -> Vec<u8>;

/// The algorithms, in the order in which the service's message lists them.
const ALGORITHMS: &[(&str, Algorithm)] = &[
    ("SHA-1", digest::<Sha1>),
    ("SHA-384", digest::<Sha384>),
    ("SHA-256", digest::<Sha256>),
    ("SHA-512", digest::<Sha512>),
    ("MD5", digest::<Md5>),
];

/// The hash in lower-case hexadecimal digits, if there is such an algorithm; names count case.
pub(crate) fn hash(bytes: &[u8], algorithm: &str) -> Option<String> {
    let (_, digest) = ALGORITHMS.iter().find(|(name, _)| *name == algorithm)?;
    let mut digits = String::new();
    for byte in digest(bytes) {
        // writing to a string cannot fail
        let _ = write!(digits, "{byte:02x}");
    }
    Some(digits)
}

/// The names of the algorithms.
pub(crate) fn algorithms() -> String {
    let names: Vec<_> = ALGORITHMS.iter().map(|(name, _)| *name).collect();
    names.join(", ")
}

fn digest<D: Digest>(bytes: &[u8]) -> Vec<u8> {
    D::digest(bytes).to_vec()
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn each_algorithm_gives_the_published_hash() {
        for (algorithm, start) in [
            ("MD5", "900150983cd24fb0"),
            ("SHA-1", "a9993e364706816a"),
            ("SHA-256", "ba7816bf8f01cfea"),
            ("SHA-384", "cb00753f45a35e8b"),
            ("SHA-512", "ddaf35a193617aba"),
        ] {
            assert!(hash(b"abc", algorithm).unwrap().starts_with(start), "{algorithm}");
        }
        assert_eq!(hash(b"abc", "md5"), None);
    }
}
