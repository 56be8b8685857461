//! How long an answer takes tells nothing that the answer does not: who has an account, what exists elsewhere.
//!
//! The two kinds of a question are asked in turns, so that whatever else the machine does slows both; what is compared
//! are medians.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use partner_api::{
    CreateInvitation, GetClient, Method,
    endpoint::{ClientPath, Empty},
    invitation::NewInvitation,
};
use partner_server::{auth::password::PasswordCost, seed::DEMO_EMAIL};
use reqwest::StatusCode;

use crate::{
    database::Data,
    support::{spawn_app, spawn_app_on_with},
};

/// Medians of what the two take.
async fn medians(rounds: usize, mut ask: impl AsyncFnMut(usize, bool) -> StatusCode) -> [Duration; 2] {
    let mut times = [Vec::new(), Vec::new()];
    let mut statuses = [None, None];
    for round in 0..rounds {
        // Whichever comes first is not always the same.
        for kind in [round % 2, 1 - round % 2] {
            let started = Instant::now();
            let status = ask(round, kind == 0).await;
            times[kind].push(started.elapsed());
            assert_eq!(*statuses[kind].get_or_insert(status), status);
        }
    }
    assert_eq!(statuses[0], statuses[1], "the answer is the same");
    times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    })
}

#[tokio::test]
async fn signing_in_takes_as_long_for_nobody_as_for_somebody() {
    let server = spawn_app_on_with(Arc::new(Data::empty()), |settings| {
        settings.behind_proxy = true;
        // As it is in use: the work of a check is what tells.
        settings.password_cost = PasswordCost::default();
    })
    .await;
    let caller = server.anonymous();
    let [somebody, nobody] = medians(20, async |round, is_somebody| {
        let email = if is_somebody { DEMO_EMAIL } else { "nobody@partner.example" };
        let request = caller.request(Method::Post, "/api/v1/auth/signin");
        // Each from another address: nobody waits.
        let request = request.header("x-forwarded-for", format!("10.0.{round}.{}", u8::from(is_somebody)));
        request.json(&serde_json::json!({"email": email, "password": "wrong"})).send().await.unwrap().status()
    })
    .await;
    assert!(somebody.abs_diff(nobody) < somebody.max(nobody) / 2, "{somebody:?} {nobody:?}");
}

#[tokio::test]
async fn a_foreign_client_is_not_found_as_quickly_as_one_that_never_was() {
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
async fn an_invitation_takes_as_long_for_another_partners_client_as_for_a_stranger() {
    let server = spawn_app().await;
    let (demo, other) = (server.demo().await, server.other().await);
    let mine: Vec<_> = other.clients().await.into_iter().filter_map(|client| client.owner.email).collect();
    let theirs = demo.clients().await.into_iter().filter_map(|client| client.owner.email);
    let theirs: Vec<String> = theirs.filter(|email| !mine.contains(email)).take(40).collect();
    assert_eq!(theirs.len(), 40);
    let [known, stranger] = medians(theirs.len(), async |round, is_known| {
        let email = if is_known { theirs[round].clone() } else { format!("stranger{round}@client.example") };
        let body = NewInvitation { email, ..NewInvitation::default() };
        other.call::<CreateInvitation>(&other.partner(), &Empty {}, &body).await.status
    })
    .await;
    assert!(known.abs_diff(stranger) < Duration::from_millis(10), "{known:?} {stranger:?}");
}
