//! The verbs of one kind of settings.

use crate::{
    answer::excerpt,
    client::Client,
    error::{Error, Result},
    request::Request,
    settings::{Kind, Removable},
};
use serde::de::DeserializeOwned;
use std::{
    marker::PhantomData,
    sync::atomic::{AtomicBool, Ordering},
};

/// What [`Resource::create_or_update`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved<T> {
    /// There were none.
    Created(T),
    /// There were some, and they were changed.
    Updated(T),
}

/// One kind of settings of the client's app.
///
/// Every method may send its request several times, as the [`RetryPolicy`](crate::RetryPolicy) says, and may be called again after any error.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'a, K> {
    client: &'a Client,
    kind: PhantomData<K>,
}

impl<'a, K> Resource<'a, K> {
    pub(crate) const fn new(client: &'a Client) -> Self {
        Self { client, kind: PhantomData }
    }
}

impl<K: Kind> Resource<'_, K> {
    /// What HubSpot has stored.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there are none.
    pub async fn get(&self) -> Result<K::Stored> {
        self.send(&Request::get::<K>()).await
    }

    /// Creates them. After an attempt whose answer was lost they may exist already, which is [`Error::AlreadyExists`].
    ///
    /// # Errors
    /// [`Error::AlreadyExists`] when there are some, [`Error::Invalid`] when a value cannot be used.
    pub async fn create(&self, new: &K::New) -> Result<K::Stored> {
        self.send(&Request::create::<K>(new)?).await
    }

    /// Changes what `patch` names.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there are none, [`Error::Invalid`] when a value cannot be used or there is no change.
    pub async fn update(&self, patch: &K::Patch) -> Result<K::Stored> {
        self.send(&Request::update::<K>(patch)?).await
    }

    /// Creates them as `new`, or changes what `patch` names when there are some already.
    ///
    /// It looks first: HubSpot does not document what creating does to settings that exist.
    ///
    /// # Errors
    /// As those of [`get`](Self::get), [`create`](Self::create) and [`update`](Self::update), without the two that this is for.
    pub async fn create_or_update(&self, new: &K::New, patch: &K::Patch) -> Result<Saved<K::Stored>> {
        match self.get().await {
            Ok(_) => return self.update(patch).await.map(Saved::Updated),
            Err(Error::NotFound { .. }) => {}
            Err(error) => return Err(error),
        }
        match self.create(new).await {
            Err(Error::AlreadyExists { .. }) => self.update(patch).await.map(Saved::Updated),
            created => created.map(Saved::Created),
        }
    }

    async fn send<T: DeserializeOwned>(&self, request: &Request) -> Result<T> {
        let (status, body) = self.client.send(K::NAME, request, &AtomicBool::new(false)).await?;
        serde_json::from_str(&body)
            .map_err(|_| Error::NotJson { status, excerpt: excerpt(&self.client.redacted(&body)) })
    }
}

impl<K: Removable> Resource<'_, K> {
    /// Deletes them. A repeated attempt that finds none counts as done when the answer to an earlier one was lost.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there are none.
    pub async fn delete(&self) -> Result<()> {
        let ambiguous = AtomicBool::new(false);
        match self.client.send(K::NAME, &Request::delete::<K>(), &ambiguous).await {
            Err(Error::NotFound { .. }) if ambiguous.load(Ordering::Relaxed) => Ok(()),
            outcome => outcome.map(drop),
        }
    }
}
