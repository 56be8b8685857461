//! Random histories: simulated users of two partners and invited clients send random requests at the same time. Some
//! requests are repeated, some replies are lost and some connections break. Afterwards, the data must be consistent.
//!
//! The seed determines the requests, but not their order, which depends on scheduling. `PARTNER_HISTORY_SECONDS` sets
//! how long the test runs (default: one round), and `PARTNER_HISTORY_SEED` sets the first seed.

mod checker;
mod players;

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use self::{
    checker::Snapshot,
    players::{Player, World},
};
use crate::support::spawn_app_with_ledgers;

/// Number of actions of each player in a round.
const MOVES: usize = 40;
/// Numbers of players: users of the first partner, users of the second partner, and invited clients.
const PEOPLE: [usize; 3] = [3, 2, 2];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_random_history_the_log_the_emails_and_the_ledgers_agree() {
    let setting = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a whole number"));
    let first = setting("PARTNER_HISTORY_SEED").unwrap_or(1);
    let until = Instant::now() + Duration::from_secs(setting("PARTNER_HISTORY_SECONDS").unwrap_or(0));
    for seed in first.. {
        if let Err(violation) = play(seed).await {
            panic!("PARTNER_HISTORY_SEED={seed}: {violation}");
        }
        if Instant::now() >= until {
            break;
        }
    }
}

/// Plays one round of random requests and checks the data.
///
/// # Errors
///
/// Returns an error if the data violates an invariant.
async fn play(seed: u64) -> Result<(), String> {
    let server = spawn_app_with_ledgers(1).await;
    let (demo, other) = (server.demo().await, server.other().await);
    let before = Snapshot::take(&server).await;
    let mut pids: Vec<String> = before.pids_of(&demo.pid).take(12).chain(before.pids_of(&other.pid).take(6)).collect();
    pids.push("mcs4499999999".into());
    let world = Arc::new(World { data: server.data().to_owned(), pids: Mutex::new(pids), ..World::default() });

    let mut callers = Vec::new();
    for _ in 0..PEOPLE[0] {
        callers.push(server.demo().await);
    }
    for _ in 0..PEOPLE[1] {
        callers.push(server.other().await);
    }
    callers.extend((0..PEOPLE[2]).map(|_| server.anonymous()));
    let runs = callers.into_iter().zip(0..).map(|(caller, number)| {
        let mut player = Player::new(seed * 1000 + number, caller, Arc::clone(&world));
        tokio::spawn(async move {
            for _ in 0..MOVES {
                player.act().await?;
            }
            Ok::<(), String>(())
        })
    });
    for run in futures_util::future::join_all(runs).await {
        run.map_err(|error| error.to_string())??;
    }
    server.emails().await;
    let acknowledged = std::mem::take(&mut *world.acknowledged.lock().unwrap());
    checker::check(&server, &before, &acknowledged).await?;
    for (caller, pid) in [(&demo, &demo.pid), (&other, &other.pid)] {
        let mut listed: Vec<String> = caller.clients().await.into_iter().map(|client| client.pid).collect();
        listed.sort();
        let after = Snapshot::take(&server).await;
        let mut expected: Vec<String> = after.pids_of(pid).collect();
        expected.sort();
        if listed != expected {
            return Err(format!("the API lists other clients of {pid} than the database has"));
        }
    }
    Ok(())
}
