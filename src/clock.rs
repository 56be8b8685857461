//! The browser's clock.

use partner_api::UnixTime;

/// Now.
pub fn now() -> UnixTime {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of any year that matters fit")]
    UnixTime { millis: js_sys::Date::now() as i64 }
}
