//! Reads a file that the user has chosen or dropped.

use wasm_bindgen_futures::JsFuture;

/// Bytes that are read: many times the size of a list with the most lines.
const MAX_BYTES: f64 = 1_048_576.0;

/// Text of a file in UTF-8 or, if it is not valid UTF-8, in windows-1251, which Russian Excel writes. `None` if the
/// file cannot be read or is too large for a list of clients.
pub(super) async fn text_of(file: &web_sys::File) -> Option<String> {
    if file.size() > MAX_BYTES {
        return None;
    }
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let decoder = web_sys::TextDecoder::new_with_label("windows-1251").ok()?;
            decoder.decode_with_u8_array(error.as_bytes()).ok()
        }
    }
}

/// Appends the content on lines of its own.
pub(super) fn append(typed: &mut String, content: &str) {
    if !typed.is_empty() && !typed.ends_with('\n') {
        typed.push('\n');
    }
    typed.push_str(content.trim_start_matches('\u{feff}'));
}
