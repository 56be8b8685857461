//! Facts about a request that layers and handlers share: extensions of the request and of its reply.

use std::{net::IpAddr, time::Duration};

/// Identifies the request in the log, in a header of the reply and in problem documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestId {
    pub(crate) id: String,
    /// The W3C trace of which the request is a part.
    pub(crate) trace: String,
}

/// Time spent in the handler alone, without the layers around it. An extension of the reply.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallTime(pub(crate) Duration);

#[derive(Clone, Copy, Debug)]
pub(crate) struct CallerIp(pub(crate) IpAddr);
