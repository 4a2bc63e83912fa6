-- Times are in milliseconds since 1970. A fingerprint is a hash, from which the token cannot be computed.

CREATE TABLE IF NOT EXISTS users (
    name TEXT PRIMARY KEY,
    password_hash TEXT NOT NULL,
    portal_id INTEGER NOT NULL,
    hubspot_user_id INTEGER NOT NULL,
    -- Numbers and outcomes, as JSON.
    account TEXT NOT NULL,
    UNIQUE (portal_id, hubspot_user_id)
);

-- What cookies, tokens and links stand for: kind `session` for a user's name, `token` for a session's fingerprint, `link` for a file.
CREATE TABLE IF NOT EXISTS tokens (
    fingerprint TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
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
