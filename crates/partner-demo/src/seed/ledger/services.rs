//! The services of the cloud, with the share of clients that use them and their daily cost.

use partner_api::ledger::Service;

use partner_server::store::{Conn, ledger::write};

pub(super) struct Offer {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) group: &'static str,
    /// Percentage of clients that use the service; 0 for a service that is only a monthly subscription.
    pub(super) users: u64,
    /// Cost per day for a small client, in kopecks. It is 0 for DNS, which costs fractions of a kopeck, and unused for
    /// subscriptions.
    pub(super) daily: i64,
}

const fn offer(code: &'static str, name: &'static str, group: &'static str, users: u64, daily: i64) -> Offer {
    Offer { code, name, group, users, daily }
}

pub(super) const OFFERS: [Offer; 12] = [
    offer("cloud_servers", "Cloud Servers", "Computing", 90, 6_000),
    offer("cloud_gpu", "Cloud GPU", "Computing", 5, 30_000),
    offer("cloud_containers", "Cloud Containers", "Computing", 22, 4_000),
    offer("cloud_storage", "Cloud Storage", "Storage", 50, 900),
    offer("backup", "Backup", "Storage", 25, 600),
    offer("cloud_databases", "Cloud Databases", "Data", 35, 3_500),
    offer("cdn", "CDN", "Network", 20, 700),
    offer("dns", "DNS", "Network", 25, 0),
    offer("load_balancing", "Load Balancing", "Network", 15, 800),
    offer("monitoring", "Monitoring", "Operations", 15, 150),
    offer("support", "Technical Support", "Operations", 0, 250_000),
    offer("marketplace", "Marketplace", "Marketplace", 0, 99_000),
];

pub(super) fn group_of(code: &str) -> Option<&'static str> {
    OFFERS.iter().find(|offer| offer.code == code).map(|offer| offer.group)
}

pub(in crate::seed) async fn put_all(conn: &mut Conn) -> anyhow::Result<()> {
    for Offer { code, name, group, .. } in OFFERS {
        let service = Service { code: code.into(), name: name.into(), group: Some(group.into()) };
        write::put_service(conn, &service).await?;
    }
    Ok(())
}
