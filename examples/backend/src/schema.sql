-- Times are in milliseconds since 1970.

CREATE TABLE users (
    name TEXT PRIMARY KEY,
    password_hash TEXT NOT NULL,
    -- The HubSpot account and the user in it.
    portal_id INTEGER NOT NULL,
    hubspot_user_id INTEGER NOT NULL,
    -- What the widget gets: numbers and outcomes, as JSON.
    account TEXT NOT NULL,
    UNIQUE (portal_id, hubspot_user_id)
);

CREATE TABLE sessions (
    -- Of the cookie's value.
    fingerprint TEXT PRIMARY KEY,
    user_name TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
);

CREATE TABLE tokens (
    fingerprint TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (fingerprint) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
);

CREATE TABLE calls (
    -- Account and external id are our key of a call. HubSpot stores both, so that a call can be found there by them.
    portal_id INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    properties TEXT NOT NULL,
    associations TEXT NOT NULL,
    -- Counts the changes; `sent_revision` is the one that HubSpot has.
    revision INTEGER NOT NULL,
    sent_revision INTEGER NOT NULL DEFAULT 0,
    -- HubSpot's id of the call. Absent until it is known.
    engagement_id TEXT,
    -- When the last request to create it was sent. It is stored before the request, and removed when the call was certainly not
    -- created. While it is set and there is no id, HubSpot may have the call.
    create_sent_at INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    -- HubSpot has refused it for good; the next change tries again.
    refused INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    PRIMARY KEY (portal_id, external_id)
);

CREATE TABLE events (
    -- HubSpot may send an event again, also after it was received. `attemptNumber` is not part of the key.
    subscription_id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    portal_id INTEGER NOT NULL,
    body TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (subscription_id, event_id, occurred_at)
);
