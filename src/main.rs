//! Starts the app in the page that `index.html` has drawn.

fn main() {
    partner_account::start();
}
