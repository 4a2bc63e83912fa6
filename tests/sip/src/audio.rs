//! What the browser receives of a call.

use e2e::{DEFAULT_TIMEOUT, Frame, until};

/// How loud audio must be to be heard: the energy of a second of it, as WebRTC counts it. The phone's tone has 0.05, silence 0.
const HEARD: f64 = 1e-5;

/// The audio of the widget's last call.
pub struct Audio<'a> {
    widget: Frame<'a>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Received {
    packets: f64,
    /// The sum of the energy since the call began.
    energy: f64,
    /// The time of the page.
    seconds: f64,
}

impl<'a> Audio<'a> {
    pub(crate) fn of(widget: Frame<'a>) -> Self {
        Self { widget }
    }

    async fn received(&self) -> Received {
        let script = "
            const stats = await window.connections.at(-1)?.getStats() ?? new Map();
            const entry = [...stats.values()].find(entry => entry.type === 'inbound-rtp' && entry.kind === 'audio');
            return [entry?.packetsReceived ?? 0, entry?.totalAudioEnergy ?? 0, performance.now() / 1000].map(String);";
        let script = format!("return (async () => {{ {script} }})();");
        let values = self.widget.run(&script, vec![]).await;
        let number = |index: usize| values[index].as_str().and_then(|text| text.parse().ok()).unwrap_or_default();
        Received { packets: number(0), energy: number(1), seconds: number(2) }
    }

    /// Waits until so many more packets have arrived.
    pub async fn arrives(&self, packets: f64) {
        let before = self.received().await;
        until(&format!("{packets} packets of audio"), DEFAULT_TIMEOUT, async || {
            let now = self.received().await;
            if now.packets >= before.packets + packets { Ok(()) } else { Err(format!("{now:?} after {before:?}")) }
        })
        .await;
    }

    /// Waits until a second was loud enough to be heard.
    pub async fn is_heard(&self) {
        self.arrives(10.0).await;
        self.until_level("a second of voice", |level| level > HEARD).await;
    }

    /// Waits until the browser plays what it receives.
    pub async fn is_played(&self) {
        let script = "return window.playersOfCall().map(({paused, readyState, currentTime}) =>
            [!paused && readyState >= 3 && currentTime > 0, `${paused} ${readyState} ${currentTime}`]);";
        until("a player that plays", DEFAULT_TIMEOUT, async || {
            let players = self.widget.run(script, vec![]).await;
            let plays = players.as_array().is_some_and(|all| all.len() == 1 && all[0][0] == true);
            if plays { Ok(()) } else { Err(players.to_string()) }
        })
        .await;
    }

    /// Waits until a second was silent.
    pub async fn is_silent(&self) {
        self.until_level("a second of silence", |level| level < HEARD).await;
    }

    /// The types of the addresses that the browser uses for this call.
    pub async fn own_candidates(&self) -> Vec<String> {
        let script = "return (async () => {
            const stats = await window.connections.at(-1).getStats();
            const pairs = [...stats.values()].filter(entry => entry.type === 'candidate-pair' && entry.nominated);
            return [...new Set(pairs.map(pair => stats.get(pair.localCandidateId).candidateType))];
        })();";
        let types = self.widget.run(script, vec![]).await;
        types.as_array().into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned)).collect()
    }

    /// The address that the browser sends from now. Empty while there is none.
    pub async fn own_address(&self) -> String {
        let script = "return (async () => {
            const stats = await window.connections.at(-1).getStats();
            const transport = [...stats.values()].find(entry => entry.type === 'transport');
            const pair = stats.get(transport?.selectedCandidatePairId);
            return pair?.state === 'succeeded' ? stats.get(pair.localCandidateId).address : '';
        })();";
        self.widget.run(script, vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    async fn until_level(&self, what: &str, condition: impl Fn(f64) -> bool) {
        let mut start = self.received().await;
        let mut levels = Vec::new();
        for _ in 0..12 {
            let now = until("a second of audio", DEFAULT_TIMEOUT, async || {
                let now = self.received().await;
                if now.seconds >= start.seconds + 1.0 { Ok(now) } else { Err(format!("{now:?} after {start:?}")) }
            })
            .await;
            let level = (now.energy - start.energy) / (now.seconds - start.seconds);
            if condition(level) {
                return;
            }
            levels.push(level);
            start = now;
        }
        panic!("no {what}, but {levels:?}");
    }
}
