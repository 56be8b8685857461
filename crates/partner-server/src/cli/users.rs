//! The commands that create partners and their users.

use std::io::Read;

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};
use partner_api::{
    auth::Role,
    form::{Email, Phone},
};

use super::{Data, open, print};
use crate::{
    accounts::{self, NewPartner},
    clock::{Clock, SystemClock, SystemEntropy, random_token},
    config::Settings,
};

#[derive(Debug, Args)]
pub(super) struct CreatePartner {
    #[command(flatten)]
    data: Data,
    /// Email with which the user signs in.
    #[arg(long)]
    email: String,
    /// Name of the partner's company.
    #[arg(long)]
    title: String,
    /// Full name of the user.
    #[arg(long)]
    name: Option<String>,
    /// Phone number of the user.
    #[arg(long)]
    phone: Option<String>,
    /// Read the password (15 to 128 characters) from standard input.
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, Args)]
pub(super) struct CreateUser {
    #[command(flatten)]
    data: Data,
    /// Email with which the user signs in.
    #[arg(long)]
    email: String,
    /// Email of an existing user of the same partner.
    #[arg(long)]
    colleague: String,
    /// Permissions of the user.
    #[arg(long, value_enum)]
    role: RoleName,
    /// Read the password (15 to 128 characters) from standard input.
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RoleName {
    /// Can view and change everything.
    Owner,
    /// Can view and export everything, but change nothing.
    Viewer,
}

pub(super) async fn create_partner(args: CreatePartner) -> anyhow::Result<()> {
    let email = email(&args.email)?;
    let (password, is_generated) = password(args.password_stdin)?;
    let store = open(&args.data).await?;
    let pid = accounts::new_pid();
    let name = args.name.as_deref();
    let phone = args.phone.as_deref().map(Phone::parse).transpose();
    let phone = phone.ok().context("--phone is not a valid phone number")?;
    let phone = phone.as_ref().map(Phone::as_str);
    let partner = NewPartner { pid: &pid, title: &args.title, email: email.as_str(), name, phone, password: &password };
    accounts::create_partner(&store, &partner, Settings::new(&args.data.data).password_cost, SystemClock.now()).await?;
    print(&format!("Created partner {pid}. Sign in with {}", email.as_str()));
    print_password(&password, is_generated);
    store.close().await;
    Ok(())
}

pub(super) async fn create_user(args: CreateUser) -> anyhow::Result<()> {
    let email = email(&args.email)?;
    let (password, is_generated) = password(args.password_stdin)?;
    let store = open(&args.data).await?;
    let role = match args.role {
        RoleName::Owner => Role::Owner,
        RoleName::Viewer => Role::Viewer,
    };
    let cost = Settings::new(&args.data.data).password_cost;
    let now = SystemClock.now();
    accounts::create_user(&store, &args.colleague, email.as_str(), &password, role, cost, now).await?;
    print(&format!("Created {} as {}", email.as_str(), role.as_str()));
    print_password(&password, is_generated);
    store.close().await;
    Ok(())
}

fn email(text: &str) -> anyhow::Result<Email> {
    Email::parse(text).ok().context("--email is not a valid email address")
}

/// Returns the password, and whether the password was generated and has to be printed.
fn password(from_stdin: bool) -> anyhow::Result<(String, bool)> {
    if !from_stdin {
        return Ok((random_token(&SystemEntropy), true));
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("cannot read the password")?;
    let password = text.trim_end_matches(['\r', '\n']).to_owned();
    ensure!((15..=128).contains(&password.chars().count()), "the password must have 15 to 128 characters");
    Ok((password, false))
}

fn print_password(password: &str, is_generated: bool) {
    if is_generated {
        print(&format!("Password, shown this once: {password}"));
    }
}
