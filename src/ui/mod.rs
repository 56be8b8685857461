//! Widgets. They do not depend on the domain, the routes or the language, so pages pass texts and callbacks as
//! properties.

pub mod chart;
pub mod confirm;
pub mod dialog;
pub mod forms;
pub mod icon;
pub mod menu;
pub mod period_picker;
pub mod segments;
pub mod selection;
pub mod sort_head;
pub mod sticky;
pub mod tabs;
pub mod tip;
pub mod toast;
pub mod virtual_list;
