use super::{Account, Auth, Credentials, LogIn, LogInError, Session};
use crate::i18n::texts;
use serde::Deserialize;
use web_kit::json;

/// The account that everybody has, in each language that it is written in.
const ACCOUNT: &str = include_str!("../../assets/mock-account.json");

#[derive(Deserialize)]
struct LocalizedAccount {
    lang: String,
    account: Account,
}

/// Logs everybody in, with any name and any password. The account is `assets/mock-account.json`.
pub struct MockAuth;

impl Auth for MockAuth {
    fn log_in(&self, credentials: Credentials) -> LogIn<'_> {
        let user = match credentials {
            Credentials::Password { user_name, .. } => user_name,
            Credentials::SingleSignOn => "sso".to_owned(),
        };
        let account = account(ACCOUNT, texts().lang);
        Box::pin(async { Ok(Session { user, token: None, account: account? }) })
    }

    /// There is nothing that could expire.
    fn resume(&self, session: Session) -> LogIn<'_> {
        Box::pin(async { Ok(session) })
    }
}

/// The account in this language, else in the first that there is.
fn account(text: &str, lang: &str) -> Result<Account, LogInError> {
    let accounts: Vec<LocalizedAccount> =
        json::from_str(text).map_err(|error| LogInError::Unreachable(format!("mock-account.json: {error}")))?;
    let index = accounts.iter().position(|account| account.lang == lang).unwrap_or_default();
    Ok(accounts.into_iter().nth(index).map(|found| found.account).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{ACCOUNT, LocalizedAccount, account};
    use crate::i18n::languages;
    use web_kit::json;

    #[test]
    fn the_account_can_be_read_in_every_language() {
        let accounts: Vec<LocalizedAccount> = json::from_str(ACCOUNT).unwrap();
        for lang in languages() {
            let found = account(ACCOUNT, lang).unwrap();
            assert!(!found.numbers.is_empty() && !found.dispositions.is_empty(), "{lang}");
            let own = accounts.iter().find(|own| own.lang == lang).unwrap_or(&accounts[0]);
            assert_eq!(found, own.account, "{lang} has its own account, or else the first");
        }
        assert_eq!(account(ACCOUNT, "xx").unwrap(), accounts[0].account);
    }

    #[test]
    fn a_broken_file_is_named() {
        assert!(account("{", "en").unwrap_err().to_string().contains("mock-account.json"));
    }
}
