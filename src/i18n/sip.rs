//! The texts of a phone on SIP. A language without a table of its own has the English one.

use super::texts;

/// All texts of a phone on SIP in one language.
pub struct SipTexts {
    lang: &'static str,
    pub moved: &'static str,
    pub not_authorized: &'static str,
    pub no_credit: &'static str,
    pub not_allowed: &'static str,
    pub unknown_number: &'static str,
    pub incomplete_number: &'static str,
    pub number_gone: &'static str,
    pub incompatible: &'static str,
    pub refused: &'static str,
    pub exchange_fault: &'static str,
    pub network_fault: &'static str,
    pub no_reply: &'static str,
    pub connection_lost: &'static str,
    pub audio: &'static str,
    pub microphone: &'static str,
    pub no_account: &'static str,
    pub not_loaded: &'static str,
    pub call_goes_on: &'static str,
}

static EN: SipTexts = SipTexts {
    lang: "en",
    moved: "The number has changed.",
    not_authorized: "The exchange does not accept your account.",
    no_credit: "Your account has no credit.",
    not_allowed: "Your account may not call this number.",
    unknown_number: "This number does not exist.",
    incomplete_number: "The number is incomplete.",
    number_gone: "The number is no longer in service.",
    incompatible: "The phones have no codec in common.",
    refused: "The exchange refused the call.",
    exchange_fault: "The exchange has a problem. Try again later.",
    network_fault: "The network of this number does not answer.",
    no_reply: "The exchange does not answer.",
    connection_lost: "The connection to the exchange is lost.",
    audio: "The audio could not be set up.",
    microphone: "The microphone could not be opened.",
    no_account: "Your account has no phone.",
    not_loaded: "The phone could not be loaded.",
    call_goes_on: "Your call goes on.",
};

static FR: SipTexts = SipTexts {
    lang: "fr",
    moved: "Le numéro a changé.",
    not_authorized: "Le central n’accepte pas votre compte.",
    no_credit: "Votre compte n’a plus de crédit.",
    not_allowed: "Votre compte ne peut pas appeler ce numéro.",
    unknown_number: "Ce numéro n’existe pas.",
    incomplete_number: "Le numéro est incomplet.",
    number_gone: "Le numéro n’est plus en service.",
    incompatible: "Les téléphones n’ont aucun codec en commun.",
    refused: "Le central a refusé l’appel.",
    exchange_fault: "Le central a un problème. Réessayez plus tard.",
    network_fault: "Le réseau de ce numéro ne répond pas.",
    no_reply: "Le central ne répond pas.",
    connection_lost: "La connexion au central est perdue.",
    audio: "L’audio n’a pas pu être établi.",
    microphone: "Le microphone n’a pas pu être ouvert.",
    no_account: "Votre compte n’a pas de téléphone.",
    not_loaded: "Le téléphone n’a pas pu être chargé.",
    call_goes_on: "Votre appel continue.",
};

/// The texts in the language of the widget.
pub fn sip_texts() -> &'static SipTexts {
    sip_texts_for(texts().lang)
}

/// The texts in a language, else in English.
pub fn sip_texts_for(lang: &str) -> &'static SipTexts {
    [&EN, &FR].into_iter().find(|texts| texts.lang == lang).unwrap_or(&EN)
}
