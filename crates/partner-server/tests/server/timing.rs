//! The duration of a reply does not reveal whether a user, a client or an invitation exists.
//!
//! The tests compare the medians of requests for existing and for missing data. The two kinds of request alternate, so
//! that other load on the machine affects both.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use partner_api::{
    CreateInvitation, GetClient, Method,
    endpoint::{ClientPath, Empty},
    invitation::NewInvitation,
};
use partner_demo::seed::DEMO_EMAIL;
use partner_server::auth::password::PasswordCost;
use reqwest::StatusCode;

use crate::{
    database::Data,
    support::{spawn_app, spawn_app_on_with},
};

/// Measures requests for existing and for missing data, and returns the median duration of each kind.
async fn medians(rounds: usize, mut send: impl AsyncFnMut(usize, bool) -> StatusCode) -> [Duration; 2] {
    let mut times = [Vec::new(), Vec::new()];
    let mut statuses = [None, None];
    for round in 0..rounds {
        // Alternate the order, so that neither kind of request is always first.
        for kind in [round % 2, 1 - round % 2] {
            let started = Instant::now();
            let status = send(round, kind == 0).await;
            times[kind].push(started.elapsed());
            assert_eq!(*statuses[kind].get_or_insert(status), status);
        }
    }
    assert_eq!(statuses[0], statuses[1], "both kinds get the same status");
    times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    })
}

#[tokio::test]
async fn signing_in_takes_equally_long_for_unknown_and_known_users() {
    let server = spawn_app_on_with(Arc::new(Data::empty()), |settings| {
        settings.behind_proxy = true;
        // Hash passwords at the real cost: if the server hashed only for known users, the test would measure the
        // difference.
        settings.password_cost = PasswordCost::default();
    })
    .await;
    let caller = server.anonymous();
    let [known, unknown] = medians(20, async |round, is_known| {
        let email = if is_known { DEMO_EMAIL } else { "nobody@partner.example" };
        let request = caller.request(Method::Post, "/api/v1/auth/signin");
        // Send each request from another IP address, so that no rate limit applies.
        let request = request.header("x-forwarded-for", format!("10.0.{round}.{}", u8::from(is_known)));
        request.json(&serde_json::json!({"email": email, "password": "wrong"})).send().await.unwrap().status()
    })
    .await;
    assert!(known.abs_diff(unknown) < known.max(unknown) / 2, "{known:?} {unknown:?}");
}

#[tokio::test]
async fn a_foreign_client_takes_as_long_as_an_unknown_one() {
    let server = spawn_app().await;
    let (demo, other) = (server.demo().await, server.other().await);
    let foreign = other.clients().await.remove(0).pid;
    let [foreign, unknown] = medians(200, async |_, is_foreign| {
        let client_pid = if is_foreign { foreign.clone() } else { "mcs9999999999".into() };
        let path = ClientPath { pid: demo.pid.clone(), client_pid };
        demo.call::<GetClient>(&path, &Empty {}, &Empty {}).await.status
    })
    .await;
    assert!(foreign.abs_diff(unknown) < Duration::from_millis(5), "{foreign:?} {unknown:?}");
}

#[tokio::test]
async fn an_invitation_takes_equally_long_for_another_partners_client_and_a_new_address() {
    let server = spawn_app().await;
    let (demo, other) = (server.demo().await, server.other().await);
    let own: Vec<_> = other.clients().await.into_iter().filter_map(|client| client.owner.email).collect();
    let foreign = demo.clients().await.into_iter().filter_map(|client| client.owner.email);
    let foreign: Vec<String> = foreign.filter(|email| !own.contains(email)).take(40).collect();
    assert_eq!(foreign.len(), 40);
    let [known, unknown] = medians(foreign.len(), async |round, is_known| {
        let email = if is_known { foreign[round].clone() } else { format!("new{round}@client.example") };
        let body = NewInvitation { email, ..NewInvitation::default() };
        other.call::<CreateInvitation>(&other.partner(), &Empty {}, &body).await.status
    })
    .await;
    assert!(known.abs_diff(unknown) < Duration::from_millis(10), "{known:?} {unknown:?}");
}
