"""Checks the golden files of partner-api against the schemas in docs/openapi.json.

Skips golden files that deliberately break the published description, because the parser must accept them: null for a value,
numbers for text, and values from newer servers.
"""

import json
import pathlib
import sys

import jsonschema_rs

ROOT = pathlib.Path(__file__).parents[2]
# Name of the schema for each prefix of a file name. The longest matching prefix counts.
SHAPES = {
    "balance": "BalanceAmount",
    "billing": "ClientBilling",
    "client": "Client",
    "invitation": "Invitation",
    "invitation_accepted": "AcceptedInvitation",
    "invitation_offer": "InvitationOffer",
    "ledger_balance": "Balance",
    "ledger_expenses": "Expenses",
    "ledger_movements": "MovementsPage",
    "ledger_services": "Services",
    "ledger_summary": "MovementsSummary",
}
LENIENT = ["_null.json", "client_strings_as_numbers.json", "client_with_balance.json", "balance_numbers_as_strings.json"]
NEWER = ["invitation_with_delivery", "ledger_movements"]

document = json.loads((ROOT / "docs/openapi.json").read_text())
checked, wrong = 0, []
for path in sorted((ROOT / "crates/partner-api/tests/golden").glob("*.json")):
    name = path.name.removesuffix(".json")
    is_unpublished = name.startswith("ledger_") and not name.endswith(".written")
    if is_unpublished or path.name.endswith(tuple(LENIENT)) or name.startswith(tuple(NEWER)):
        continue
    shape = SHAPES[max((start for start in SHAPES if name.startswith(start)), key=len)]
    schema = {"$ref": f"#/components/schemas/{shape}", "components": document["components"]}
    errors = jsonschema_rs.validator_for(schema).iter_errors(json.loads(path.read_text()))
    wrong += [f"{path.name}: {error.message}" for error in errors]
    checked += 1
if wrong or checked < 20:
    sys.exit("\n".join([*wrong, f"{checked} examples"]))
print(f"{checked} examples match their schemas")
