//! Parameters in the paths of endpoints.

use serde::de::DeserializeOwned;

/// Values for the names in a route.
pub trait PathParams: DeserializeOwned {
    /// Reads the PID of the partner whose data the path names; `None` if the path names no partner.
    ///
    /// The server answers 404 unless it is the partner of the caller. An endpoint whose route begins with
    /// `/api/v1/partners/` does not compile without it.
    const PARTNER: Option<fn(&Self) -> &str>;

    /// Names in the route with their values, unescaped.
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

/// `{pid}`: a partner.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct PartnerPath {
    /// PID of the partner's project.
    pub pid: String,
}

impl PathParams for PartnerPath {
    const PARTNER: Option<fn(&Self) -> &str> = Some(|path| &path.pid);

    fn pairs(&self) -> Vec<(&'static str, &str)> {
        vec![("pid", &self.pid)]
    }
}

/// `{pid}`: a client's project, outside the routes of a partner.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ProjectPath {
    /// PID of the client's project.
    pub pid: String,
}

impl PathParams for ProjectPath {
    // The partner is not in the path: the query for the project is restricted to clients of the caller's partner.
    const PARTNER: Option<fn(&Self) -> &str> = None;

    fn pairs(&self) -> Vec<(&'static str, &str)> {
        vec![("pid", &self.pid)]
    }
}

/// `{pid}` and `{client_pid}`: a client of a partner.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientPath {
    /// PID of the partner's project.
    pub pid: String,
    /// PID of the client's project.
    pub client_pid: String,
}

impl PathParams for ClientPath {
    const PARTNER: Option<fn(&Self) -> &str> = Some(|path| &path.pid);

    fn pairs(&self) -> Vec<(&'static str, &str)> {
        vec![("pid", &self.pid), ("client_pid", &self.client_pid)]
    }
}

/// `{pid}` and `{id}`: an invitation of a partner.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InvitationPath {
    /// PID of the partner's project.
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
