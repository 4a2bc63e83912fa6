//! An example of a back end for the calling app. It logs users in, keeps their calls in HubSpot up to date, serves
//! recordings and lists of phone numbers, and receives HubSpot's webhooks. All of its data is in one SQLite file.
//!
//! The modules, each for one thing: [`config`] (settings and secrets), [`store`] (SQLite), [`session`] (log-in), [`calls`] (what
//! the app reports about a call), [`delivery`] (sends it to HubSpot, with retries), [`hubspot`] (the API), [`signature`] (requests
//! of HubSpot), [`webhooks`], [`numbers`], [`recordings`], and [`server`], which connects them.

pub mod accounts;
pub mod calls;
pub mod config;
pub mod delivery;
pub mod error;
pub mod hubspot;
pub mod numbers;
pub mod recordings;
pub mod secrets;
pub mod server;
pub mod session;
pub mod signature;
pub mod store;
pub mod webhooks;
