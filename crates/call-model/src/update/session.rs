//! Log-in, log-out, and the connection to the phone system that goes with them.

use super::Transition;
use crate::account::Session;
use crate::action::{Action, Command, UserAction};
use crate::call::{CallPhase, EndReason};
use crate::state::{Line, Notice};
use calling_extensions::message::GuestMessage;
use std::rc::Rc;

impl Transition {
    /// A second click, or Enter after a click, sends no second request.
    pub(super) fn log_in_requested(&mut self) -> Option<()> {
        if self.state.is_logged_in() || self.state.logging_in {
            return None;
        }
        self.state.logging_in = true;
        self.state.notices.clear();
        // Here, because the browser grants it only on a click.
        self.commands.push(Command::AskForStorage);
        Some(())
    }

    /// The actions of a user who is not logged in.
    pub(super) fn on_logged_out_user(&mut self, action: UserAction) -> Option<()> {
        match action {
            UserAction::LoggedIn(session) => self.log_in(session),
            UserAction::LogInRefused(reason) => {
                self.state.logging_in = false;
                self.notice(Notice::LogInRefused { reason });
                Some(())
            }
            UserAction::DismissNotice => self.dismiss_notice(),
            _ => None,
        }
    }

    fn log_in(&mut self, session: Session) -> Option<()> {
        self.state.logging_in = false;
        self.state.notices.retain(|notice| *notice == Notice::StorageBlocked);
        self.connect(session);
        self.send(GuestMessage::LoggedIn);
        let _ = self.ask_for_microphone();
        Some(())
    }

    fn connect(&mut self, session: Session) {
        let numbers = &session.account.numbers;
        if !numbers.iter().any(|own| own.number == self.state.from_number) {
            self.state.from_number = numbers.first().map(|own| own.number.clone()).unwrap_or_default();
        }
        self.state.line = Line::Connecting;
        self.state.session = Some(Rc::new(session.clone()));
        self.commands.push(Command::Connect(session));
    }

    /// Ends and completes the call with its current notes, and removes all data of the user.
    pub(super) fn log_out(&mut self) -> Option<()> {
        let _ = self.hang_up(EndReason::HungUp);
        self.complete();
        let session = self.state.session.take()?;
        if self.state.available {
            self.state.available = false;
            self.send(GuestMessage::UserUnavailable);
        }
        self.state.line = Line::Offline;
        self.state.notices.clear();
        self.state.extras.clear();
        self.commands.extend([Command::Disconnect, Command::EndSession(Rc::unwrap_or_clone(session))]);
        self.send(GuestMessage::LoggedOut);
        Some(())
    }

    /// A restored call continues once the session is renewed. Its deadline is set again.
    pub(super) fn take_over(&mut self, notify: bool) -> Option<()> {
        // The phone system opens the sound of a restored call again, in this frame, and reports what it finds.
        #[cfg(feature = "audio")]
        {
            self.state.audio = Default::default();
        }
        if let Some(call) = self.state.call.as_ref().filter(|call| call.phase == CallPhase::Ringing) {
            let left = (call.started_at + self.state.ring_time - self.now).max(0.0);
            self.commands.push(Command::After(left, Action::RingTimeout(call.id.clone())));
        }
        if let Some(session) = self.state.session.as_deref().cloned() {
            self.state.line = Line::Connecting;
            self.commands.push(Command::RenewSession(session));
        }
        if notify && self.state.call.is_some() {
            self.notice(Notice::TakenOver);
        }
        Some(())
    }

    pub(super) fn session_renewed(&mut self, session: Session) -> Option<()> {
        self.state.session.as_ref()?;
        self.connect(session);
        if let Some(call) = self.state.call.as_ref().filter(|call| !call.is_over()) {
            self.commands.push(Command::Resume(call.id.clone()));
        }
        Some(())
    }

    pub(super) fn session_ended(&mut self, reason: Option<String>) -> Option<()> {
        self.log_out()?;
        self.notice(Notice::SessionEnded { reason });
        Some(())
    }

    /// The phone system is connected, or the connection is lost.
    pub(super) fn line(&mut self, line: Line) -> Option<()> {
        self.state.session.as_ref()?;
        (self.state.line != line).then(|| self.state.line = line)
    }

    /// The phone system no longer accepts the token: the back end is asked for another. A token that is refused before it was
    /// accepted once ends the session: otherwise it would be renewed forever.
    pub(super) fn session_expired(&mut self) -> Option<()> {
        if self.state.line == Line::Connecting {
            self.log_out()?;
            self.notice(Notice::AccountRefused);
            return Some(());
        }
        let session = self.state.session.as_deref().cloned()?;
        self.state.line = Line::Connecting;
        self.commands.push(Command::RenewSession(session));
        Some(())
    }

    /// Asks before the first call, so that no call is without sound.
    pub(super) fn ask_for_microphone(&mut self) -> Option<()> {
        self.state.capabilities.microphone.then(|| self.commands.push(Command::AskForMicrophone))
    }

    pub(super) fn microphone(&mut self, granted: bool) -> Option<()> {
        (self.state.microphone_refused == granted).then(|| self.state.microphone_refused = !granted)
    }
}
