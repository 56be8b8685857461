//! The app's icons: some icons of the Lucide set, joined into one inline SVG sprite.

use z_icons as lucide;

/// The icons of the app: the name that the app uses (`<use href="#i-lock"/>`) and the Lucide icon. The app has its own
/// names, because Lucide renames icons.
const ICONS: &[(&str, &lucide::Icon)] = &[
    ("arrow-down", &lucide::ARROW_DOWN),
    ("arrow-down-up", &lucide::ARROW_DOWN_UP),
    ("arrow-left", &lucide::ARROW_LEFT),
    ("arrow-up", &lucide::ARROW_UP),
    ("calendar", &lucide::CALENDAR),
    ("check", &lucide::CHECK),
    ("chevron-down", &lucide::CHEVRON_DOWN),
    ("chevron-left", &lucide::CHEVRON_LEFT),
    ("chevron-right", &lucide::CHEVRON_RIGHT),
    ("chevrons-up-down", &lucide::CHEVRONS_UP_DOWN),
    ("circle-alert", &lucide::CIRCLE_ALERT),
    ("circle-check", &lucide::CIRCLE_CHECK),
    ("circle-help", &lucide::CIRCLE_QUESTION_MARK),
    ("clock", &lucide::CLOCK),
    ("copy", &lucide::COPY),
    ("download", &lucide::DOWNLOAD),
    ("ellipsis", &lucide::ELLIPSIS),
    ("file-down", &lucide::FILE_DOWN),
    ("filter-x", &lucide::FUNNEL_X),
    ("info", &lucide::INFO),
    ("languages", &lucide::LANGUAGES),
    ("loader", &lucide::LOADER_CIRCLE),
    ("lock", &lucide::LOCK),
    ("lock-open", &lucide::LOCK_OPEN),
    ("log-out", &lucide::LOG_OUT),
    ("mail", &lucide::MAIL),
    ("mail-x", &lucide::MAIL_X),
    ("menu", &lucide::MENU),
    ("pencil", &lucide::PENCIL),
    ("plus", &lucide::PLUS),
    ("printer", &lucide::PRINTER),
    ("refresh-cw", &lucide::REFRESH_CW),
    ("search", &lucide::SEARCH),
    ("send", &lucide::SEND),
    ("sliders-horizontal", &lucide::SLIDERS_HORIZONTAL),
    ("trash-2", &lucide::TRASH),
    ("triangle-alert", &lucide::TRIANGLE_ALERT),
    ("user", &lucide::USER),
    ("users", &lucide::USERS),
    ("wallet", &lucide::WALLET),
    ("x", &lucide::X),
];

/// Returns one hidden `<svg>` that contains a symbol for each icon. Strokes use `currentColor`.
pub(crate) fn sprite() -> String {
    let symbols: String = ICONS.iter().map(|(name, icon)| symbol(name, icon)).collect();
    let license = "<metadata>Lucide, ISC and MIT licenses, lucide.dev/license</metadata>";
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sprite\" width=\"0\" height=\"0\" \
         aria-hidden=\"true\">{license}{symbols}</svg>"
    )
}

fn symbol(name: &str, icon: &lucide::Icon) -> String {
    let drawing = icon.render().to_string();
    let inner = drawing.split_once('>').and_then(|(_, rest)| rest.rsplit_once("</svg>")).map_or("", |(inner, _)| inner);
    let inner = inner.replace("> <", "><").replace(" />", "/>");
    format!(
        "<symbol id=\"i-{name}\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" \
         stroke-linecap=\"round\" stroke-linejoin=\"round\">{}</symbol>",
        inner.trim()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_uses_the_text_colour() {
        for (name, icon) in ICONS {
            let symbol = symbol(name, icon);
            assert!(symbol.contains("><"), "{name} has no shape");
            assert!(!symbol.contains('#'), "{name} has a fixed colour");
        }
    }

    #[test]
    fn icon_names_are_sorted_and_unique() {
        assert!(ICONS.is_sorted_by(|(a, _), (b, _)| a < b));
    }
}
