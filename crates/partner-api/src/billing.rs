//! Published calls that return the money of a client: the billing summary and the balance.

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::{ClientPath, Empty, ProjectPath, endpoint},
    lenient,
    money::{self, Amount},
};

endpoint! {
    /// *Published.* Returns the billing summary of a client (`ProjectBillingInfo`).
    GetClientBilling: Get "/api/v1/partners/{pid}/clients/{client_pid}/billing", Published, Actor,
    path: ClientPath, query: Empty, body: Empty, reply: ClientBilling,
}

endpoint! {
    /// *Published.* Returns the balances of the payment account and the bonus account of a client's project.
    ///
    /// 404 with `{"error"}` if the partner has no such client. The reference server never returns the published 422
    /// with `{"loc", "msg", "type"}`.
    GetBalanceAmount: Get "/public/v1/projects/{pid}/balances/amount", Published, Actor,
    path: ProjectPath, query: Empty, body: Empty, reply: BalanceAmount,
}

/// Reply of [`GetClientBilling`] (`ProjectBillingInfo`), reduced to the fields that the app or the server use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientBilling {
    /// Id (PID) of the client's project: `mcs` and digits.
    pub pid: String,
    /// Personal balance plus bonuses, in [`ClientBilling::currency`].
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::lenient::NumberOrText>"))]
    pub balance: Option<Amount>,
    /// Bonuses contained in [`ClientBilling::balance`].
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::lenient::NumberOrText>"))]
    pub bonus: Option<Amount>,
    /// ISO 4217 code of the currency. The published example contains a number instead; numbers are read as `None`.
    #[serde(default, deserialize_with = "lenient::currency")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::lenient::NumberOrText>"))]
    pub currency: Option<String>,
    /// Legal form, for example `legal`.
    #[serde(default)]
    pub legal_form: Option<String>,
    /// Whether the cloud has verified the client's details.
    #[serde(default)]
    pub verified: Option<bool>,
    /// Whether the client's balance is topped up automatically.
    #[serde(default)]
    pub autopay: Option<bool>,
}

/// Reply of [`GetBalanceAmount`] (`TotalBalanceAmountResponse`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct BalanceAmount {
    /// Balance of the payment account without bonuses, in the client's currency; a JSON number.
    #[serde(serialize_with = "money::as_number")]
    #[cfg_attr(feature = "openapi", schemars(with = "crate::lenient::Number"))]
    pub base: Amount,
    /// Balance of the bonus account, in the client's currency (one bonus equals one unit); a JSON number.
    #[serde(serialize_with = "money::as_number")]
    #[cfg_attr(feature = "openapi", schemars(with = "crate::lenient::Number"))]
    pub bonus: Amount,
}
