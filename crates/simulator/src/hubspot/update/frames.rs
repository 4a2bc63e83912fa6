//! Frames are opened, become ready, report the user's presence, and are removed.

use super::{Transition, object, truncated};
use crate::hubspot::{AlertText, Effect, Frame, FrameId, FramePhase, Presence};
use calling_extensions::message::{IframeLocation, Initialized, Size};

/// The maximum number of frames. Beyond it the oldest is removed: its page must have crashed.
const MAX_FRAMES: usize = 16;
/// The maximum width and height of a frame, in pixels.
const MAX_SIDE: f64 = 10_000.0;

impl Transition {
    pub(super) fn opened(
        &mut self,
        id: FrameId,
        location: IframeLocation,
        uses_calling_window: Option<bool>,
        supports_inbound_calling: bool,
    ) {
        let frames = &mut self.state.frames;
        frames.retain(|frame| frame.id != id);
        if frames.len() >= MAX_FRAMES {
            frames.remove(0);
        }
        frames.push(Frame {
            id,
            location,
            uses_calling_window,
            supports_inbound_calling,
            phase: FramePhase::Loading,
            presence: Presence::default(),
            minimized: false,
            hidden: false,
            size: None,
            url: None,
            held: None,
        });
    }

    pub(super) fn ready(&mut self, id: &FrameId) -> Option<()> {
        self.frame(id)?.phase = FramePhase::Ready;
        Some(())
    }

    pub(super) fn timed_out(&mut self, id: &FrameId) -> Option<()> {
        self.frame(id)?.phase = FramePhase::TimedOut;
        self.alert(AlertText::FrameTimedOut);
        self.cancel_pending_dial(id);
        Some(())
    }

    pub(super) fn reloading(&mut self, id: &FrameId) -> Option<()> {
        let frame = self.frame(id)?;
        frame.phase = FramePhase::Loading;
        frame.held = None;
        Some(())
    }

    pub(super) fn removed(&mut self, id: &FrameId) -> Option<()> {
        self.frame(id)?;
        self.state.frames.retain(|frame| frame.id != *id);
        if self.state.frames.is_empty() {
            self.state.presence = Presence::default();
        }
        self.cancel_pending_dial(id);
        Some(())
    }

    /// The user closes the frame and abandons its calls.
    pub(super) fn close(&mut self, id: FrameId) {
        self.abandon(|call| call.frame == id);
        self.effects.push(Effect::Close { frame: id });
    }

    pub(super) fn initialized(&mut self, id: &FrameId, initialized: Initialized) -> Option<()> {
        let presence = Presence { logged_in: initialized.is_logged_in, available: initialized.is_available };
        if let Some(frame) = self.frame(id) {
            frame.phase = FramePhase::Initialized;
            frame.presence = presence;
        }
        self.state.presence = presence;
        if let Some(engagement) = &initialized.engagement_id {
            self.call_of(id, engagement);
        }
        if let Some(size) = initialized.size_info {
            self.resize(id, size);
        }
        self.send_pending_dial();
        Some(())
    }

    pub(super) fn available(&mut self, id: &FrameId, available: bool) -> Option<()> {
        self.presence(id, |presence| presence.available = Some(available));
        Some(())
    }

    /// A user who is logged out cannot receive calls.
    pub(super) fn logged_in(&mut self, id: &FrameId, logged_in: bool) -> Option<()> {
        self.presence(id, |presence| {
            presence.logged_in = Some(logged_in);
            if !logged_in {
                presence.available = Some(false);
            }
        });
        Some(())
    }

    pub(super) fn visibility(&mut self, id: &FrameId, minimized: bool, hidden: bool) -> Option<()> {
        let frame = self.frame(id)?;
        if (frame.minimized, frame.hidden) == (minimized, hidden) {
            return None;
        }
        (frame.minimized, frame.hidden) = (minimized, hidden);
        let data = object([("isMinimized", minimized.into()), ("isHidden", hidden.into())]);
        self.send(id, "VISIBILITY_CHANGED", Some(data.into()));
        Some(())
    }

    pub(super) fn resize(&mut self, id: &FrameId, size: Size) -> Option<()> {
        let is_size = |side: f64| (1.0..=MAX_SIDE).contains(&side);
        if !is_size(size.width) || !is_size(size.height) {
            return None;
        }
        let size = Size::new(size.width, size.height);
        self.frame(id)?.size = Some(size.clone());
        self.effects.push(Effect::Resize { frame: id.clone(), size });
        Some(())
    }

    /// Only stores the address. The host's session answers the message and loads the address.
    pub(super) fn url_changed(&mut self, id: &FrameId, url: &str) -> Option<()> {
        if !["https://", "http://"].iter().any(|scheme| url.starts_with(scheme)) {
            return None;
        }
        self.frame(id)?.url = Some(truncated(url));
        Some(())
    }

    fn presence(&mut self, id: &FrameId, change: impl Fn(&mut Presence)) {
        if let Some(frame) = self.frame(id) {
            change(&mut frame.presence);
        }
        change(&mut self.state.presence);
    }

    fn frame(&mut self, id: &FrameId) -> Option<&mut Frame> {
        self.state.frames.iter_mut().find(|frame| frame.id == *id)
    }
}
