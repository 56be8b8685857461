//! Parameters in the URL paths of endpoints.

use serde::de::DeserializeOwned;

/// Values for the names in a route.
pub trait PathParams: DeserializeOwned {
    /// Reads the PID of the partner whose data the path names; `None` if the path names no partner.
    ///
    /// The server returns 404 unless this PID belongs to the caller's partner. An endpoint whose route begins with
    /// `/api/v1/partners/` does not compile if this function is missing.
    const PARTNER: Option<fn(&Self) -> &str>;

    /// Names in the route and the unescaped values to insert for them.
    fn pairs(&self) -> Vec<(&'static str, &str)>;
}

/// Path of a route without parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct NoPath {}

impl PathParams for NoPath {
    const PARTNER: Option<fn(&Self) -> &str> = None;

    fn pairs(&self) -> Vec<(&'static str, &str)> {
        Vec::new()
    }
}

/// Path of a route with `{pid}`, which names a partner.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct PartnerPath {
    /// Id (PID) of the partner's project: `mcs` and digits.
    pub pid: String,
}

impl PathParams for PartnerPath {
    const PARTNER: Option<fn(&Self) -> &str> = Some(|path| &path.pid);

    fn pairs(&self) -> Vec<(&'static str, &str)> {
        vec![("pid", &self.pid)]
    }
}

/// Path of a route with `{pid}`, which names a client's project. The path does not name a partner.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ProjectPath {
    /// Id (PID) of the client's project: `mcs` and digits.
    pub pid: String,
}

impl PathParams for ProjectPath {
    // The path names no partner, so the SQL query itself must allow only clients of the caller's partner.
    const PARTNER: Option<fn(&Self) -> &str> = None;

    fn pairs(&self) -> Vec<(&'static str, &str)> {
        vec![("pid", &self.pid)]
    }
}

/// Path of a route with `{pid}` and `{client_pid}`, which name a partner and one of its clients.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientPath {
    /// Id (PID) of the partner's project: `mcs` and digits.
    pub pid: String,
    /// Id (PID) of the client's project: `mcs` and digits.
    pub client_pid: String,
}

impl PathParams for ClientPath {
    const PARTNER: Option<fn(&Self) -> &str> = Some(|path| &path.pid);

    fn pairs(&self) -> Vec<(&'static str, &str)> {
        vec![("pid", &self.pid), ("client_pid", &self.client_pid)]
    }
}

/// Path of a route with `{pid}` and `{id}`, which name a partner and one of its invitations.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InvitationPath {
    /// Id (PID) of the partner's project: `mcs` and digits.
    pub pid: String,
    /// Id of the invitation, 32 hexadecimal digits.
    pub id: String,
}

impl PathParams for InvitationPath {
    const PARTNER: Option<fn(&Self) -> &str> = Some(|path| &path.pid);

    fn pairs(&self) -> Vec<(&'static str, &str)> {
        vec![("pid", &self.pid), ("id", &self.id)]
    }
}
