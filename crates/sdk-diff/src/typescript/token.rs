//! TypeScript as tokens, without comments.

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A name, a keyword or a number.
    Word(String),
    /// A text without its quotes.
    Text(String),
    /// Any other character.
    Symbol(char),
}

/// Splits a source into tokens. A text or comment that does not end goes to the end of the source.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut chars = source.chars().peekable();
    let mut tokens = vec![];
    while let Some(char) = chars.next() {
        match char {
            '/' if chars.peek() == Some(&'/') => {
                chars.by_ref().find(|char| *char == '\n');
            }
            '/' if chars.peek() == Some(&'*') => {
                chars.next();
                let mut before = ' ';
                chars.by_ref().find(|char| std::mem::replace(&mut before, *char) == '*' && *char == '/');
            }
            '"' | '\'' | '`' => {
                let mut text = String::new();
                while let Some(inner) = chars.next().filter(|inner| *inner != char) {
                    text.extend(if inner == '\\' { chars.next() } else { Some(inner) });
                }
                tokens.push(Token::Text(text));
            }
            _ if is_part_of_word(char) => {
                let mut word = String::from(char);
                while let Some(next) = chars.next_if(|next| is_part_of_word(*next)) {
                    word.push(next);
                }
                tokens.push(Token::Word(word));
            }
            _ if char.is_whitespace() => {}
            _ => tokens.push(Token::Symbol(char)),
        }
    }
    tokens
}

fn is_part_of_word(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | '$')
}

/// Tokens as one text, with spaces only where two words meet.
pub fn text_of(tokens: &[Token]) -> String {
    let mut text = String::new();
    let mut after_word = false;
    for token in tokens {
        match token {
            Token::Word(word) => {
                if after_word {
                    text.push(' ');
                }
                text.push_str(word);
            }
            Token::Text(inner) => text.extend(["\"", inner, "\""]),
            Token::Symbol(char) => text.push(*char),
        }
        after_word = matches!(token, Token::Word(_));
    }
    text.replace(";}", "}")
}

/// Tokens that are read from the front.
pub struct Tokens<'a>(&'a [Token]);

impl<'a> Tokens<'a> {
    pub fn new(tokens: &'a [Token]) -> Self {
        Tokens(tokens)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn rest(&self) -> &'a [Token] {
        self.0
    }

    pub fn next(&mut self) -> Option<&'a Token> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    /// Takes this symbol, if it is the next token.
    pub fn take(&mut self, symbol: char) -> bool {
        let is_next = self.0.first() == Some(&Token::Symbol(symbol));
        if is_next {
            self.0 = &self.0[1..];
        }
        is_next
    }

    /// Takes a word, if it is the next token.
    pub fn word(&mut self) -> Option<String> {
        match self.0.first()? {
            Token::Word(word) => {
                self.0 = &self.0[1..];
                Some(word.clone())
            }
            _ => None,
        }
    }

    /// Takes a word or a text, if it is the next token.
    pub fn word_or_text(&mut self) -> Option<String> {
        match self.0.first()? {
            Token::Text(text) => {
                self.0 = &self.0[1..];
                Some(text.clone())
            }
            _ => self.word(),
        }
    }

    /// Skips to the token after this symbol.
    pub fn skip_to(&mut self, symbol: char) -> Option<()> {
        let at = self.0.iter().position(|token| *token == Token::Symbol(symbol))?;
        self.0 = &self.0[at + 1..];
        Some(())
    }

    /// Takes what follows up to this symbol, which is skipped. Symbols inside of brackets do not count.
    pub fn until(&mut self, symbol: char) -> &'a [Token] {
        self.until_any(&[symbol])
    }

    /// As [`Tokens::until`], for several symbols.
    pub fn until_any(&mut self, symbols: &[char]) -> &'a [Token] {
        let mut depth = 0;
        let end = self.0.iter().enumerate().position(|(index, token)| {
            let Token::Symbol(char) = token else { return false };
            // The `>` of an arrow closes nothing.
            let is_arrow = *char == '>' && index > 0 && self.0[index - 1] == Token::Symbol('=');
            if depth == 0 && symbols.contains(char) {
                return true;
            }
            match char {
                '{' | '[' | '(' | '<' => depth += 1,
                '}' | ']' | ')' | '>' if !is_arrow => depth -= 1,
                _ => {}
            }
            false
        });
        let all = self.0;
        match end {
            Some(end) => {
                self.0 = &all[end + 1..];
                &all[..end]
            }
            None => {
                self.0 = &[];
                all
            }
        }
    }

    /// Takes what follows an opening bracket up to the one that closes it, which is skipped.
    pub fn block(&mut self, close: char) -> &'a [Token] {
        self.until(close)
    }
}
