//! What HubSpot is told about a widget that is being developed.

/// The size of the widget's frame in HubSpot, in CSS pixels.
const SIZE: (u32, u32) = (400, 650);

/// A line for the console of a HubSpot tab: in this browser alone, HubSpot then lists the widget under *Call from*.
pub fn console_line(name: &str, url: &str) -> String {
    let (width, height) = SIZE;
    format!(
        "localStorage.setItem(\"LocalSettings:Calling:CallingExtensions\", JSON.stringify({{isReady: true, name: {}, url: \
         {}, width: {width}, height: {height}, supportsCustomObjects: true}}))",
        text(name),
        text(url)
    )
}

/// A JavaScript string.
fn text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_console_line_names_the_widget_and_its_address() {
        assert_eq!(
            console_line("My \"Phone\"", "https://localhost:9025/"),
            "localStorage.setItem(\"LocalSettings:Calling:CallingExtensions\", JSON.stringify({isReady: true, name: \
             \"My \\\"Phone\\\"\", url: \"https://localhost:9025/\", width: 400, height: 650, supportsCustomObjects: \
             true}))"
        );
    }
}
