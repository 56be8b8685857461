//! The services of the cloud, and what the use of a day costs.

use partner_api::ledger::Service;

use crate::store::{Conn, ledger::write};

/// A service: code, name, group.
pub(super) struct Offer {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) group: &'static str,
}

const fn offer(code: &'static str, name: &'static str, group: &'static str) -> Offer {
    Offer { code, name, group }
}

pub(super) const OFFERS: [Offer; 12] = [
    offer("cloud_servers", "Cloud Servers", "Computing"),
    offer("cloud_gpu", "Cloud GPU", "Computing"),
    offer("cloud_containers", "Cloud Containers", "Computing"),
    offer("cloud_storage", "Cloud Storage", "Storage"),
    offer("backup", "Backup", "Storage"),
    offer("cloud_databases", "Cloud Databases", "Data"),
    offer("cdn", "CDN", "Network"),
    offer("dns", "DNS", "Network"),
    offer("load_balancing", "Load Balancing", "Network"),
    offer("monitoring", "Monitoring", "Operations"),
    offer("support", "Technical Support", "Operations"),
    offer("marketplace", "Marketplace", "Marketplace"),
];

/// Makes the services known to the database.
pub(crate) async fn put_all(conn: &mut Conn) -> sqlx::Result<()> {
    for Offer { code, name, group } in OFFERS {
        let service = Service { code: code.into(), name: name.into(), group: Some(group.into()) };
        write::put_service(conn, &service).await?;
    }
    Ok(())
}
