//! The files that the programs of an exchange read.

use crate::{
    accounts::{ALL, ANSWERS, Account, DESK, DOMAIN, SILENT},
    error::{Result, file},
    exchange::Options,
    ports::Ports,
    programs, tokens, wav,
};
use std::{fmt::Write, fs, path::Path};

const KAMAILIO: &str = include_str!("../config/kamailio.cfg");
const BARESIP: &str = include_str!("../config/baresip.cfg");

/// The phone plays it to the other side, and ends the call when it is over.
const TONE_SECONDS: u32 = 600;

/// Writes all files into the folder of a run.
pub fn write(folder: &Path, ports: &Ports, options: &Options) -> Result<()> {
    let write = |name: &str, content: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, content).map_err(file(path))
    };
    for name in ["baresip", "snd", "kamailio"] {
        let path = folder.join(name);
        fs::create_dir_all(&path).map_err(file(path))?;
    }
    write("kamailio.cfg", kamailio(folder, ports, options).as_bytes())?;
    write("baresip/config", baresip(folder, ports).as_bytes())?;
    write("baresip/accounts", baresip_accounts(ports, options).as_bytes())?;
    write("tone.wav", &wav::tone(TONE_SECONDS))?;
    if let Some(certificate) = &options.tls {
        certificate.write(folder)?;
    }
    Ok(())
}

fn kamailio(folder: &Path, ports: &Ports, options: &Options) -> String {
    let text = fill(
        KAMAILIO,
        &[
            ("DOMAIN", DOMAIN.to_owned()),
            ("RUN", folder.display().to_string()),
            ("MODULES", programs::kamailio_modules()),
            ("SIP_PORT", ports.sip().to_string()),
            ("WS_PORT", ports.ws().to_string()),
            ("WSS_PORT", ports.wss().to_string()),
            ("PHONE", DESK.user.to_owned()),
            ("SILENT_PHONE", SILENT.user.to_owned()),
            ("PHONE_PORT", ports.phone().to_string()),
            ("NG_PORT", ports.ng().to_string()),
            ("RING_TIMEOUT_MS", options.ring_timeout.as_millis().to_string()),
            ("TABLES", tables()),
        ],
    );
    if options.tls.is_some() { text.replacen("#!KAMAILIO\n", "#!KAMAILIO\n#!define WITH_TLS\n", 1) } else { text }
}

/// The assignments that fill kamailio's tables.
fn tables() -> String {
    let mut lines = String::new();
    let mut set = |table: &str, key: &str, value: &str| {
        let _ = writeln!(lines, "\t$sht({table}=>{key}) = \"{value}\";");
    };
    for account in ALL {
        let Account { user, password, number, has_token, .. } = account;
        set("pw", user, &if has_token { tokens::token(account, 0) } else { password.to_owned() });
        set("user", digits(number), user);
        set("number", user, number);
    }
    for answer in ANSWERS {
        set("answer", digits(answer.number), &format!("{}|{}", answer.status, answer.phrase));
    }
    lines
}

/// Callers write numbers with a plus sign and without.
fn digits(number: &str) -> &str {
    number.trim_start_matches('+')
}

fn baresip(folder: &Path, ports: &Ports) -> String {
    let (first, last) = ports.phone_audio();
    fill(
        BARESIP,
        &[
            ("RUN", folder.display().to_string()),
            ("MODULES", programs::baresip_modules()),
            ("PHONE_PORT", ports.phone().to_string()),
            ("PHONE_RTP", format!("{first}-{last}")),
            ("CTRL_PORT", ports.control().to_string()),
        ],
    )
}

fn baresip_accounts(ports: &Ports, options: &Options) -> String {
    let line = |Account { user, password, .. }: Account, answers: bool| {
        format!(
            "<sip:{user}@{DOMAIN};transport=udp>;auth_user={user};auth_pass={password};\
             outbound=\"sip:127.0.0.1:{};transport=udp\";regint=600;answermode={};audio_codecs=PCMU/8000/1\n",
            ports.sip(),
            if answers { "auto" } else { "manual" }
        )
    };
    [line(DESK, options.phone_answers), line(SILENT, false)].concat()
}

fn fill(template: &str, values: &[(&str, String)]) -> String {
    values.iter().fold(template.to_owned(), |text, (name, value)| text.replace(&format!("@{name}@"), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::Certificate;

    #[test]
    fn every_name_in_the_templates_is_replaced() {
        let tls = Some(Certificate::generate().unwrap());
        let (ports, options) = (Ports::reserve().unwrap(), Options { tls, ..Options::default() });
        let folder = Path::new("/run/exchange");
        for text in [kamailio(folder, &ports, &options), baresip(folder, &ports)] {
            let left: Vec<_> = text
                .split('@')
                .filter(|part| part.len() > 1 && part.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
                .collect();
            assert!(left.is_empty(), "{left:?}");
        }
        assert!(kamailio(folder, &ports, &options).starts_with("#!KAMAILIO\n#!define WITH_TLS\n"));
    }

    #[test]
    fn a_number_is_found_without_its_plus_sign() {
        let tables = tables();
        assert!(tables.contains("$sht(user=>16175550101) = \"alice\";"), "{tables}");
        assert!(tables.contains("$sht(number=>alice) = \"+16175550101\";"), "{tables}");
        assert!(tables.contains("$sht(answer=>16175550106) = \"486|Busy Here\";"), "{tables}");
    }
}
