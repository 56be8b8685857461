//! Published calls for money of a client: the billing summary and the balance amount.

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
    /// *Published.* Returns the payment and the bonus account of a project.
    ///
    /// 404 `{"error"}`. The published 422 `{"loc", "msg", "type"}` is not used by the reference server.
    GetBalanceAmount: Get "/public/v1/projects/{pid}/balances/amount", Published, Actor,
    path: ProjectPath, query: Empty, body: Empty, reply: BalanceAmount,
}

/// Reply of [`GetClientBilling`] (`ProjectBillingInfo`), reduced to the fields that the app or the server use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientBilling {
    /// PID of the client's project.
    pub pid: String,
    /// Personal balance plus bonuses, in [`ClientBilling::currency`].
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::lenient::NumberOrText>"))]
    pub balance: Option<Amount>,
    /// Bonuses contained in [`ClientBilling::balance`].
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::lenient::NumberOrText>"))]
    pub bonus: Option<Amount>,
    /// ISO 4217 code. The published example has a number here, which is read as `None`.
    #[serde(default, deserialize_with = "lenient::currency")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::lenient::NumberOrText>"))]
    pub currency: Option<String>,
    /// Legal form, for example `legal`.
    #[serde(default)]
    pub legal_form: Option<String>,
    /// Whether the client's details are verified.
    #[serde(default)]
    pub verified: Option<bool>,
    /// Whether the balance is topped up automatically.
    #[serde(default)]
    pub autopay: Option<bool>,
}

/// Reply of [`GetBalanceAmount`] (`TotalBalanceAmountResponse`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct BalanceAmount {
    /// Payment account without bonuses, in the client's currency; a JSON number.
    #[serde(serialize_with = "money::as_number")]
    #[cfg_attr(feature = "openapi", schemars(with = "crate::lenient::Number"))]
    pub base: Amount,
    /// Bonus account; one bonus equals one unit of the client's currency; a JSON number.
    #[serde(serialize_with = "money::as_number")]
    #[cfg_attr(feature = "openapi", schemars(with = "crate::lenient::Number"))]
    pub bonus: Amount,
}
