//! The pages. Each reads its parameters, gets its data, has its actions, and shows its view; none knows another.

pub mod balance;
pub mod clients;
pub mod contact;
pub mod invitation;
pub mod not_found;
pub mod sign_in;
