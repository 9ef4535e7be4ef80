use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use md5::Md5;
use serde_json::Value;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::text::string;
use super::{Fault, java};

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
    Ok(match string(algorithm)? {
        "MD5" => hexadecimal(&Md5::digest(data)),
        "SHA-1" => hexadecimal(&Sha1::digest(data)),
        "SHA-256" => hexadecimal(&Sha256::digest(data)),
        "SHA-384" => hexadecimal(&Sha384::digest(data)),
        "SHA-512" => hexadecimal(&Sha512::digest(data)),
        _ => return Err(Fault::ARGUMENTS),
    })
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).expect("half a byte is a digit");
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xF)]).collect()
}
