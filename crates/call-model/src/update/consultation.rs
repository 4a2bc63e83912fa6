//! Asking somebody before a call is transferred to them.

use super::Transition;
use crate::consultation::{Consult, ConsultEvent, Consultation};
use crate::phone::PhoneCommand;
use crate::phone_number;
use crate::state::Notice;

impl Transition {
    pub(super) fn consult(&mut self, consult: Consult) -> Option<()> {
        let can_begin = self.state.can_consult;
        let call = self.talking()?;
        let consult = match consult {
            Consult::Begin(typed) => {
                let number = phone_number::dialable(&typed).ok()?;
                if !can_begin || call.consultation.is_some() {
                    return None;
                }
                call.consultation = Some(Consultation { number: number.clone(), answered_at: None });
                Consult::Begin(number)
            }
            Consult::Transfer => {
                call.consultation.as_ref()?.answered_at?;
                Consult::Transfer
            }
            Consult::End => {
                call.consultation.take()?;
                Consult::End
            }
        };
        let id = call.id.clone();
        self.phone(&id, PhoneCommand::Consult(consult));
        Some(())
    }

    pub(super) fn on_consultation(&mut self, event: ConsultEvent) -> Option<()> {
        let now = self.now;
        let call = self.talking()?;
        match event {
            ConsultEvent::Answered => {
                let consultation = call.consultation.as_mut().filter(|it| it.answered_at.is_none())?;
                consultation.answered_at = Some(now);
            }
            ConsultEvent::Ended { reason } => {
                call.consultation.take()?;
                self.notice(Notice::ConsultationEnded { reason });
            }
        }
        Some(())
    }
}
