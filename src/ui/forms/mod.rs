//! Form fields, their problems, and the suggestion of a likely correction.

pub mod field;
pub mod problems;
pub mod suggestion;
pub mod text_area;
