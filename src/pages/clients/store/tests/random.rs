//! Property tests: a partner searches, sorts, selects and runs operations while a colleague changes the same list.

use partner_api::{UnixTime, rules::ClientState};
use proptest::prelude::*;

use super::{
    super::*,
    naive, snapshot,
    steps::{Change, Server, Step, UNREADABLE, step},
};
use crate::ui::selection::Selection;

/// The state of the app for one user.
#[derive(Default)]
struct Partner {
    store: ClientStore,
    viewer: Viewer,
    query: ViewQuery,
    selection: Selection<RowKey>,
    now: i64,
}

impl Partner {
    fn view(&mut self) -> View {
        self.viewer.view(&self.store, &self.query)
    }

    fn refresh(&mut self, server: &Server, page: Option<usize>) -> Result<(), TestCaseError> {
        let (before, stamps) = (snapshot(&self.store), self.store.stamps);
        let size = page.unwrap_or(usize::MAX / 2);
        self.store.begin_clients();
        for from in (0..server.clients.len().max(1)).step_by(size) {
            self.store.add_clients(server.page(from, size));
        }
        self.store.end_clients();
        self.store.replace_invitations(server.invitations(), UnixTime::from_secs(self.now));
        self.prune();
        let after = snapshot(&self.store);
        prop_assert_eq!(self.store.len(), after.len());
        prop_assert!(self.store.stamps != stamps || before == after, "a change without a stamp leaves a stale view");
        for client in server.clients.values().filter(|client| client.pid != UNREADABLE) {
            let row = self.store.client(&client.pid).and_then(|key| self.store.row(key));
            prop_assert_eq!(row.map(|row| row.state()), Some(ClientState::of_enabled(client.enabled)));
            // Check whether the row has a balance, because the store drops a balance whose two parts are too large to
            // add.
            let has_balance = row.is_some_and(|row| row.balance().is_some());
            let days = client.balance.as_ref().and_then(|balance| balance.lasts_days).filter(|_| has_balance);
            prop_assert_eq!(row.and_then(|row| naive::runs_out(&row)), days.map(|days| days <= 7));
        }
        Ok(())
    }

    fn prune(&mut self) {
        let store = &self.store;
        self.selection.retain(|key| store.contains(key));
    }

    fn id(&self, key: RowKey) -> String {
        self.store.row(key).and_then(|row| row.pid().or(row.iid())).unwrap_or_default().to_owned()
    }

    /// Runs an operation in the same way as the confirmation dialog: names the selected rows once, sends only named
    /// rows, and keeps failed rows selected.
    fn act(
        &mut self,
        server: &mut Server,
        operation: Operation,
        changes: Vec<Change>,
        fails: &[bool],
    ) -> Result<(), TestCaseError> {
        let view = self.view();
        let named = self.selection.keys(view.visible());
        let hidden = self.selection.hidden(view.visible());
        let fit = self.store.fit(operation, &named);
        let misfits: usize = fit.misfits.iter().map(|(_, count)| count).sum();
        prop_assert_eq!(fit.fitting.len() + misfits, named.len(), "the dialog accounts for every row it names");
        let named_ids: Vec<_> = named.iter().map(|key| self.id(*key)).collect();
        let sent: Vec<_> = fit.fitting.iter().map(|key| (*key, self.id(*key))).collect();
        changes.into_iter().for_each(|change| server.change(change));
        self.refresh(server, None)?;
        let mut failed = Vec::new();
        for (number, (key, id)) in sent.into_iter().enumerate() {
            prop_assert!(named_ids.contains(&id), "sent {id}, which the dialog did not name");
            prop_assert!(
                view.keys.contains(&key) || hidden.contains(&key),
                "acted on a hidden row that was not listed"
            );
            let state = if operation == Operation::Block { ClientState::Blocked } else { ClientState::Active };
            match operation {
                _ if fails[number % fails.len()] => failed.push(key),
                Operation::Detach => {
                    server.clients.remove(&id);
                    self.store.remove(key);
                }
                Operation::Revoke => {
                    server.invitations.remove(&id);
                    self.store.remove(key);
                }
                _ => {
                    self.store.set_state(key, state);
                    server.clients.entry(id).and_modify(|it| it.enabled = Some(state == ClientState::Active));
                }
            }
        }
        self.selection.clear();
        failed.iter().for_each(|key| _ = self.selection.set(*key, true));
        self.prune();
        let view = self.view();
        let retry = self.selection.keys(view.visible());
        prop_assert!(retry.iter().all(|key| failed.contains(key)), "Retry would touch a row that did not fail");
        Ok(())
    }

    fn take(&mut self, server: &mut Server, step: Step) -> Result<(), TestCaseError> {
        let view = self.view();
        let row = |number: usize| view.keys.get(number % view.keys.len().max(1)).copied();
        match step {
            Step::Search(search) => self.query.search = search,
            Step::Filter(filter) => self.query.filter = filter,
            Step::Sort(sort, descending) => (self.query.sort, self.query.descending) = (sort, descending),
            Step::Toggle(number) => row(number).into_iter().for_each(|key| self.selection.toggle(key, view.visible())),
            Step::Range(number) => row(number).into_iter().for_each(|key| self.selection.extend(key, view.visible())),
            Step::SelectAll => self.selection.toggle_all(view.visible()),
            Step::DropHidden => self.selection.drop_hidden(view.visible()),
            Step::Wait(seconds) => {
                self.now += seconds;
                self.store.expire(UnixTime::from_secs(self.now));
            }
            Step::Refresh(changes, page) => {
                changes.into_iter().for_each(|change| server.change(change));
                self.refresh(server, page)?;
            }
            Step::Act(operation, changes, fails) => self.act(server, operation, changes, &fails)?,
        }
        Ok(())
    }

    fn check(&mut self) -> Result<(), TestCaseError> {
        let view = self.view();
        prop_assert_eq!(view.keys.to_vec(), naive::view(&self.store, &self.query));
        prop_assert_eq!(view.counts, naive::counts(&self.store, &self.query));
        let uncached = Viewer::default().view(&self.store, &self.query);
        prop_assert_eq!((view.keys.to_vec(), view.counts), (uncached.keys.to_vec(), uncached.counts));
        prop_assert!(self.selection.iter().all(|key| self.store.contains(key)), "a removed row is still selected");
        let counts = self.selection.counts(view.visible());
        prop_assert_eq!(counts.selected, self.selection.iter().count());
        prop_assert_eq!(counts.hidden, self.selection.hidden(view.visible()).len());
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_named_rows_are_sent_and_the_list_equals_a_plain_implementation(
        steps in proptest::collection::vec(step(), 1..30),
    ) {
        let (mut server, mut partner) = (Server::default(), Partner::default());
        for step in steps {
            partner.take(&mut server, step)?;
            partner.check()?;
        }
    }
}
