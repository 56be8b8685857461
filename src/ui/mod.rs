//! The widgets. They know no domain, no address and no language: texts and callbacks come as properties.

pub mod chart;
pub mod confirm;
pub mod dialog;
pub mod field;
pub mod icon;
pub mod live;
pub mod menu;
pub mod period_picker;
pub mod segments;
pub mod selection;
pub mod sort_head;
pub mod sticky;
pub mod tabs;
pub mod text_area;
pub mod tip;
pub mod toast;
pub mod virtual_rows;
