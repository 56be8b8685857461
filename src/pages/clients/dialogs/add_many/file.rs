//! Reading a file that somebody chose or dropped.

use wasm_bindgen_futures::JsFuture;

/// Most bytes that are read: many times what the most lines have.
const MOST: f64 = 1_048_576.0;

/// Its text: UTF-8 or, where it is not that, the code page in which Russian Excel writes CSV. `None`: it cannot be read,
/// or is too large to be a list of clients.
pub(super) async fn text_of(file: &web_sys::File) -> Option<String> {
    if file.size() > MOST {
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

/// Adds it to what is typed already, on lines of its own.
pub(super) fn append(typed: &mut String, content: &str) {
    if !typed.is_empty() && !typed.ends_with('\n') {
        typed.push('\n');
    }
    typed.push_str(content.trim_start_matches('\u{feff}'));
}
