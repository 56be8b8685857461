//! Reads and writes the query string of the clients page: the search, the filter and the sort order.

use form_urlencoded::{Serializer, parse};

use super::store::{QuickFilter, SortKey, ViewQuery};

/// Reads a query string. Missing and invalid parameters get default values.
pub fn read(query: &str) -> ViewQuery {
    let mut view = ViewQuery::default();
    for (name, value) in parse(query.as_bytes()) {
        match &*name {
            "q" => view.search = value.into_owned(),
            "status" => view.filter = QuickFilter::parse(&value).unwrap_or_default(),
            "sort" => view.sort = SortKey::parse(&value).unwrap_or_default(),
            "order" => view.descending = value == "desc",
            _ => {}
        }
    }
    view
}

/// Writes a query string without `?`. Omits default values.
pub fn write(view: &ViewQuery) -> String {
    let default = ViewQuery::default();
    let mut query = Serializer::new(String::new());
    if view.search != default.search {
        query.append_pair("q", &view.search);
    }
    if view.filter != default.filter {
        query.append_pair("status", view.filter.as_str());
    }
    if view.sort != default.sort {
        query.append_pair("sort", view.sort.as_str());
    }
    if view.descending {
        query.append_pair("order", "desc");
    }
    query.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_written_view_reads_back(
            search in ".*",
            filter in proptest::sample::select(&QuickFilter::ALL[..]),
            sort in proptest::sample::select(&SortKey::ALL[..]),
            descending: bool,
        ) {
            let view = ViewQuery { search, filter, sort, descending };
            prop_assert_eq!(read(&write(&view)), view);
        }
    }

    #[test]
    fn the_default_view_has_no_query_and_invalid_values_mean_defaults() {
        assert_eq!(write(&ViewQuery::default()), "");
        assert_eq!(read("status=odd&sort=&order=up&x=1"), ViewQuery::default());
    }
}
