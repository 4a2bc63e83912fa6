//! What a widget does wrong, in words, with the rule that says so.
