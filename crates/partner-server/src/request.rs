//! Facts about a request that layers and handlers share. They are stored as extensions of the request or the reply.

use std::{net::IpAddr, time::Duration};

/// Identifies the request in the log, in a header of the reply and in problem documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestId {
    pub(crate) id: String,
    /// Id of the W3C trace to which the request belongs.
    pub(crate) trace: String,
}

/// Time that the endpoint took, including decoding and guards but without the layers around the endpoint. Stored as an
/// extension of the reply.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallTime(pub(crate) Duration);

#[derive(Clone, Copy, Debug)]
pub(crate) struct CallerIp(pub(crate) IpAddr);
