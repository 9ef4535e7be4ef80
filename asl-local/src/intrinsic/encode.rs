use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::text::string;
use super::{Fault, java};
use crate::digest;

/// How many characters a text may have that is encoded, decoded or hashed.
const LONGEST_TEXT: usize = 10_000;

/// Reads Base64 whether or not it is padded, and whatever the last character's spare bits are.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

fn short(text: &str) -> Result<&str, Fault> {
    // at most as many UTF-16 units as bytes
    if text.len() <= LONGEST_TEXT || text.encode_utf16().count() <= LONGEST_TEXT {
        Ok(text)
    } else {
        Err(Fault::ARGUMENTS)
    }
}

/// `States.Base64Encode`.
pub(super) fn base64(text: &Value) -> Result<String, Fault> {
    Ok(STANDARD.encode(short(string(text)?)?))
}

/// `States.Base64Decode`.
///
/// The service was measured to decode `!!!invalid!!!`, `abc` and `ab==cd`. That is what the library Commons Codec
/// does, so this follows it: what is no Base64 is passed over, `=` ends the text, a last character that is no
/// whole byte is dropped, and `-` and `_` count as `+` and `/`.
pub(super) fn from_base64(text: &Value) -> Result<String, Fault> {
    let mut digits: Vec<u8> = short(string(text)?)?
        .bytes()
        .take_while(|&byte| byte != b'=')
        .filter_map(|byte| match byte {
            b'-' => Some(b'+'),
            b'_' => Some(b'/'),
            byte => (byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')).then_some(byte),
        })
        .collect();
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    let bytes = LENIENT.decode(&digits).map_err(|_| Fault::ARGUMENTS)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// `States.Hash`, in lower-case hexadecimal digits.
///
/// What is no text is hashed as Java prints it: that numbers and objects are hashed was measured, not how.
pub(super) fn hash(data: &Value, algorithm: &Value) -> Result<String, Fault> {
    let data = java::text(data);
    let data = short(&data)?.as_bytes();
    digest::hash(data, string(algorithm)?).ok_or(Fault::ARGUMENTS)
}
