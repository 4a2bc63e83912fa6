-- Times are in milliseconds since 1970. A fingerprint is the hash of a cookie, token or link, which cannot be computed from it.

CREATE TABLE IF NOT EXISTS users (
    name TEXT PRIMARY KEY,
    password_hash TEXT NOT NULL,
    portal_id INTEGER NOT NULL,
    hubspot_user_id INTEGER NOT NULL,
    -- Numbers and outcomes, as JSON.
    account TEXT NOT NULL,
    UNIQUE (portal_id, hubspot_user_id)
);

CREATE TABLE IF NOT EXISTS sessions (
    fingerprint TEXT PRIMARY KEY,
    user_name TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS tokens (
    fingerprint TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (fingerprint) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS calls (
    portal_id INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    -- JSON: the struct `Call`.
    call TEXT NOT NULL,
    next_attempt_at INTEGER AS (call ->> 'next_attempt_at'),
    PRIMARY KEY (portal_id, external_id)
);

CREATE TABLE IF NOT EXISTS events (
    subscription_id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (subscription_id, event_id, occurred_at)
);

CREATE TABLE IF NOT EXISTS links (
    fingerprint TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    expires_at INTEGER NOT NULL
);
