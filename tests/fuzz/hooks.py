"""Hooks that give schemathesis a session, and ids from the demonstration data.

The server runs with --behind-proxy, and every request claims another IP address, so that no rate limit is reached.
"""

import itertools
import os
import zlib

import requests
import schemathesis

URL = os.environ["PARTNER_URL"]
EMAIL, PASSWORD, PARTNER = "demo@partner.example", "demo-partner-2026", "mcs4400000001"
SIGN_IN, SIGN_OUT = "/api/v1/auth/signin", "/api/v1/auth/signout"
LOOK_UP, ACCEPT = "/api/v1/invitations/lookup", "/api/v1/invitations/accept"
PUBLIC = [SIGN_IN, LOOK_UP, ACCEPT, "/api/v1/contact-requests", "/api/v1/vitals"]
# The header that browsers add to requests from the app's own pages. The server checks it to prevent CSRF.
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
numbers = itertools.count()


def address():
    n = next(numbers)
    return f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" if n % 2 else f"2001:db8:{n:x}::1"


def sign_in():
    """Returns cookie and CSRF token of a new session."""
    headers = OWN_PAGE | {"X-Forwarded-For": address()}
    credentials = {"email": EMAIL, "password": PASSWORD}
    signed_in = requests.post(f"{URL}{SIGN_IN}", json=credentials, headers=headers)
    signed_in.raise_for_status()
    session = requests.get(f"{URL}/api/v1/auth/session", cookies=signed_in.cookies, headers=headers).json()
    return signed_in.cookies["sid"], session["csrf_token"]


class Session:
    def get(self, case, context):
        return sign_in()

    def set(self, case, data, context):
        cookie, token = data
        case.cookies = (case.cookies or {}) | {"sid": cookie}
        # Do not add the token if the case has none, because schemathesis also tests requests without a token.
        if "x-csrf-token" in case.headers:
            case.headers["x-csrf-token"] = token


@schemathesis.auth(refresh_interval=3600).skip_for(path=[SIGN_OUT, *PUBLIC])
class SharedSession(Session):
    pass


# Use a new session for each sign-out, because signing out ends the session that the other operations need.
@schemathesis.auth(refresh_interval=None).apply_to(path=SIGN_OUT)
class SingleUseSession(Session):
    pass


def known():
    """Returns ids of clients and invitations, and tokens of invitation links."""
    cookie, token = sign_in()
    cookies, headers = {"sid": cookie}, OWN_PAGE | {"x-csrf-token": token}
    partner = f"{URL}/api/v1/partners/{PARTNER}"
    clients = [client["pid"] for client in requests.get(f"{partner}/clients/", cookies=cookies).json()]
    invitations = [invitation["iid"] for invitation in requests.get(f"{partner}/invites", cookies=cookies).json()]
    links = [requests.post(f"{partner}/invites/{iid}/link", cookies=cookies, headers=headers) for iid in invitations[:8]]
    return clients, invitations[8:], [link.json()["url"].partition("#token=")[2] for link in links]


CLIENTS, INVITATIONS, TOKENS = known()


def chosen(value, choices):
    """Replaces generated values with the choices, except about one in eight. Equal values always get the same result."""
    number = zlib.crc32(str(value).encode("utf-8", "replace"))
    return value if number % 8 == 0 else choices[number // 8 % len(choices)]


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if not path_parameters:
        return path_parameters
    is_of_client = context.operation.path.startswith("/public/")
    choices = {"pid": CLIENTS[:40] if is_of_client else [PARTNER], "client_pid": CLIENTS[:40], "id": INVITATIONS}
    return {name: chosen(value, choices[name]) for name, value in path_parameters.items()}


@schemathesis.hook
def map_body(context, body):
    if not isinstance(body, dict):
        return body
    # Use only clients after the first 40 in bulk operations, because other operations need the first clients, and a bulk
    # operation can detach clients.
    if isinstance(body.get("pids"), list):
        body["pids"] = [chosen(pid, CLIENTS[40:]) if isinstance(pid, str) else pid for pid in body["pids"]]
    if isinstance(body.get("token"), str):
        body["token"] = chosen(body["token"], TOKENS)
    # Use valid phone numbers in most cases, because the schema cannot express their format.
    if isinstance(body.get("phone"), str):
        body["phone"] = chosen(body["phone"], ["+7 495 123-45-67", "8 (926) 275-58-87", body["phone"]])
    # Let some attempts to sign in use the correct email and the correct password, because generated values practically
    # never match.
    if isinstance(body.get("email"), str) and context.operation.path in (SIGN_IN, "/api/v1/tokens/csrf"):
        body["email"] = chosen(body["email"], [EMAIL, body["email"]])
    if isinstance(body.get("password"), str):
        body["password"] = chosen(body["password"], [PASSWORD, body["password"], ""])
    return body


@schemathesis.hook
def before_call(context, case, kwargs):
    case.headers.update(OWN_PAGE | {"X-Forwarded-For": address()})
