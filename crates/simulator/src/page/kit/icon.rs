use yew::prelude::*;

/// The icons of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Phone,
    Close,
    Minimize,
    Restore,
    Move,
    Caret,
    Reload,
    Edit,
    Plus,
    Logo,
    Warning,
    Window,
    Check,
}

/// The icon in the color of the text, hidden from screen readers.
pub fn icon(icon: Icon) -> Html {
    let path = match icon {
        Icon::Phone => {
            "M5 3h4l2 5-2.5 1.7a12 12 0 0 0 5.8 5.8L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z"
        }
        Icon::Close => "M6 6l12 12M18 6L6 18",
        Icon::Minimize => "M5 18h14",
        Icon::Restore => "M5 5h14v14H5zM5 9h14",
        Icon::Move => "M9 5v.01M9 12v.01M9 19v.01M15 5v.01M15 12v.01M15 19v.01",
        Icon::Caret => "M7 10l5 5 5-5",
        Icon::Reload => "M20 11a8 8 0 1 0-.6 4M20 4v7h-7",
        Icon::Edit => "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
        Icon::Plus => "M12 5v14M5 12h14",
        Icon::Logo => "M3 7h18v12H3zM8 7V4h8v3M3 13h18",
        Icon::Warning => "M12 4l9 16H3zM12 10v4M12 17v.01",
        Icon::Window => "M4 5h16v14H4zM4 9h16",
        Icon::Check => "M5 12l5 5 9-10",
    };
    html! {
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>
    }
}
