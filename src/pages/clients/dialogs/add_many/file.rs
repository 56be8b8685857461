//! Reads a text file that the user has chosen or dropped.

use wasm_bindgen_futures::JsFuture;

/// Maximum size of a file in bytes. It is much larger than a list with the maximum number of lines.
const MAX_BYTES: f64 = 1_048_576.0;

/// Reads a file as UTF-8 or, if the file is not valid UTF-8, as windows-1251, because Russian Excel writes
/// windows-1251. Returns `None` if the file cannot be read or is larger than [`MAX_BYTES`].
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

/// Appends the content of a file. If the last line of `typed` is not empty, the content starts on a new line.
pub(super) fn append(typed: &mut String, content: &str) {
    if !typed.is_empty() && !typed.ends_with('\n') {
        typed.push('\n');
    }
    typed.push_str(content.trim_start_matches('\u{feff}'));
}
