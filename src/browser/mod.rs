//! Browser services: clock, storage, drafts, clipboard, theme, framing, and the calls to `boot.js`.

pub(crate) mod boot;
pub mod clipboard;
pub mod clock;
pub mod drafts;
pub mod events;
pub mod focus;
pub mod framed;
pub mod lowercase;
pub mod storage;
pub mod theme;
