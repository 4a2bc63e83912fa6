//! A reader of those parts of TypeScript that the package's declarations and constants consist of. It does not check anything, and skips
//! what it does not know.

mod token;

use std::collections::BTreeMap;
use token::{Token, Tokens, text_of, tokens};

/// The declarations of a file.
#[derive(Debug, Default, PartialEq)]
pub struct Declarations {
    /// Types and interfaces by their names.
    pub types: BTreeMap<String, Type>,
    /// The methods of each class.
    pub classes: BTreeMap<String, Vec<Method>>,
    /// Constants that are an object or a text.
    pub constants: BTreeMap<String, Constant>,
}

/// A declared type.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// An object with these fields.
    Object(Vec<Field>),
    /// Anything else, as a union of its parts: texts with their quotes, names, other types as they are written.
    Union(Vec<String>),
}

/// A field of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub name: String,
    /// The parts of its type, as for [`Type::Union`].
    pub parts: Vec<String>,
}

/// A method of a class.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    pub name: String,
    /// Its parameters as they are written.
    pub parameters: String,
}

/// A constant.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    Text(String),
    Object(Vec<Entry>),
}

/// An entry of an object.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// `...name`
    Spread(String),
    /// `KEY: "text"`
    Text(String, String),
    /// `KEY: name`, or `name` alone.
    Name(String, String),
    /// `[object.KEY]: "text"`, by its key.
    Computed(String, String),
    /// What cannot be read, as it is written.
    Unread(String),
}

/// Reads a file.
pub fn read(source: &str) -> Declarations {
    let tokens = tokens(source);
    let mut rest = Tokens::new(&tokens);
    let mut found = Declarations::default();
    while let Some(token) = rest.next() {
        let Token::Word(word) = token else { continue };
        match word.as_str() {
            "type" => found.types.extend(type_alias(&mut rest)),
            "interface" => found.types.extend(interface(&mut rest)),
            "class" => found.classes.extend(class(&mut rest)),
            "const" => found.constants.extend(constant(&mut rest)),
            "enum" => found.constants.extend(enumeration(&mut rest)),
            _ => {}
        }
    }
    found
}

/// `type Name = …;`
fn type_alias(rest: &mut Tokens) -> Option<(String, Type)> {
    let name = rest.word()?;
    rest.skip_to('=')?;
    let tokens = rest.until(';');
    Some((name, type_of(tokens)))
}

fn type_of(tokens: &[Token]) -> Type {
    let mut inner = Tokens::new(tokens);
    if inner.take('{') {
        let fields = inner.block('}');
        if inner.is_empty() {
            return Type::Object(fields_of(fields));
        }
    }
    Type::Union(parts(tokens))
}

/// `interface Name { … }`. What it extends becomes no part of it.
fn interface(rest: &mut Tokens) -> Option<(String, Type)> {
    let name = rest.word()?;
    rest.skip_to('{')?;
    Some((name, Type::Object(fields_of(rest.block('}')))))
}

fn fields_of(tokens: &[Token]) -> Vec<Field> {
    let mut rest = Tokens::new(tokens);
    let mut fields = vec![];
    while !rest.is_empty() {
        let member = rest.until_any(&[';', ',']);
        let mut member = Tokens::new(member);
        let mut name = member.word_or_text();
        if name.as_deref() == Some("readonly") {
            name = member.word_or_text().or(name);
        }
        let Some(name) = name else { continue }; // an index signature
        member.take('?');
        if member.take(':') {
            fields.push(Field { name, parts: parts(member.rest()) });
        }
    }
    fields
}

/// The parts of a union. `undefined` and `null` are none: any field may be absent.
fn parts(tokens: &[Token]) -> Vec<String> {
    let mut rest = Tokens::new(tokens);
    let mut parts = vec![];
    while !rest.is_empty() {
        let part = text_of(rest.until('|'));
        if !matches!(part.as_str(), "" | "undefined" | "null") {
            parts.push(part);
        }
    }
    parts
}

/// `class Name { method(parameters): type; … }`
fn class(rest: &mut Tokens) -> Option<(String, Vec<Method>)> {
    let name = rest.word()?;
    rest.skip_to('{')?;
    let mut body = Tokens::new(rest.block('}'));
    let mut methods = vec![];
    while !body.is_empty() {
        let member = body.until(';');
        let mut member = Tokens::new(member);
        if let Some(name) = member.word()
            && member.take('(')
        {
            methods.push(Method { name, parameters: text_of(member.block(')')) });
        }
    }
    Some((name, methods))
}

/// `const NAME: Type = { … }` or `= "text"`
fn constant(rest: &mut Tokens) -> Option<(String, Constant)> {
    let name = rest.word()?;
    if rest.take(':') {
        rest.until('=');
    } else if !rest.take('=') {
        return None;
    }
    match rest.next()? {
        Token::Text(text) => Some((name, Constant::Text(text.clone()))),
        Token::Symbol('{') => Some((name, Constant::Object(entries(rest.block('}'))))),
        _ => None,
    }
}

/// `enum Name { KEY = "text", … }`
fn enumeration(rest: &mut Tokens) -> Option<(String, Constant)> {
    let name = rest.word()?;
    rest.skip_to('{')?;
    Some((name, Constant::Object(entries(rest.block('}')))))
}

fn entries(tokens: &[Token]) -> Vec<Entry> {
    let mut rest = Tokens::new(tokens);
    let mut entries = vec![];
    while !rest.is_empty() {
        let tokens = rest.until(',');
        if !tokens.is_empty() {
            entries.push(entry(tokens).unwrap_or_else(|| Entry::Unread(text_of(tokens))));
        }
    }
    entries
}

fn entry(tokens: &[Token]) -> Option<Entry> {
    use Token::{Symbol, Text, Word};
    Some(match tokens {
        [Symbol('.'), Symbol('.'), Symbol('.'), Word(name)] => Entry::Spread(name.clone()),
        [Word(name)] => Entry::Name(name.clone(), name.clone()),
        [Word(key) | Text(key), Symbol(':' | '='), Text(text)] => Entry::Text(key.clone(), text.clone()),
        [Word(key) | Text(key), Symbol(':'), Word(name)] => Entry::Name(key.clone(), name.clone()),
        [Symbol('['), Word(_), Symbol('.'), Word(key), Symbol(']'), Symbol(':'), Text(text)] => {
            Entry::Computed(key.clone(), text.clone())
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, parts: &[&str]) -> Field {
        Field { name: name.into(), parts: parts.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn types_and_interfaces_are_read_with_their_fields() {
        let source = r#"
            import { Other } from "./other"; // type Commented = { a: string };
            export type OnCall = {
                /** The id; of the call. */
                id: string;
                at?: number | undefined, "quoted-name": Array<string | number>;
                readonly to: { number: string; country?: string } | null;
                [index: string]: any;
            };
            export type Status =
              | "DONE"
              | 'FAILED';
            export type Alias = OnCall;
            type Generic<T> = { value: T };
            export interface More extends OnCall { hold: boolean; }
        "#;
        let types = read(source).types;
        let expected = [
            (
                "OnCall",
                Type::Object(vec![
                    field("id", &["string"]),
                    field("at", &["number"]),
                    field("quoted-name", &["Array<string|number>"]),
                    field("to", &["{number:string;country?:string}"]),
                ]),
            ),
            ("Status", Type::Union(vec!["\"DONE\"".into(), "\"FAILED\"".into()])),
            ("Alias", Type::Union(vec!["OnCall".into()])),
            ("Generic", Type::Object(vec![field("value", &["T"])])),
            ("More", Type::Object(vec![field("hold", &["boolean"])])),
        ];
        let expected = expected.map(|(name, it)| (name.to_owned(), it));
        assert_eq!(types, BTreeMap::from(expected));
    }

    #[test]
    fn methods_are_read_and_properties_are_not() {
        let source = "declare class Calls extends Base {
            options: Options; handler: (event: any) => void;
            constructor(options: Options);
            /** @param {OnCall} call */
            start(call: OnCall): void;
            log({ message, type, }: { message: string; type: string; }): void;
        }
        export default Calls;";
        let method = |name: &str, parameters: &str| Method { name: name.into(), parameters: parameters.into() };
        let expected = vec![
            method("constructor", "options:Options"),
            method("start", "call:OnCall"),
            method("log", "{message,type,}:{message:string;type:string}"),
        ];
        assert_eq!(read(source).classes["Calls"], expected);
    }

    #[test]
    fn constants_are_read_in_every_form_that_the_package_has() {
        let source = r#"
            export const VERSION = packageJson.version;
            const IN_SRC = "VALUE";
            export const first = { A: "a", 'b-c': "b", };
            export const second: Record<string, keyof Handlers> = {
              ...first, IN_SRC, D: IN_SRC, /* E: "e", */ [first.A]: "onA", f: () => 1, // G: "g"
            } as const;
            export enum third { H = "h" }
        "#;
        let constants = read(source).constants;
        let text = |key: &str, text: &str| Entry::Text(key.into(), text.into());
        assert_eq!(constants["IN_SRC"], Constant::Text("VALUE".into()));
        assert_eq!(constants["first"], Constant::Object(vec![text("A", "a"), text("b-c", "b")]));
        let expected = vec![
            Entry::Spread("first".into()),
            Entry::Name("IN_SRC".into(), "IN_SRC".into()),
            Entry::Name("D".into(), "IN_SRC".into()),
            Entry::Computed("A".into(), "onA".into()),
            Entry::Unread("f:()=>1".into()),
        ];
        assert_eq!(constants["second"], Constant::Object(expected));
        assert_eq!(constants["third"], Constant::Object(vec![text("H", "h")]));
        assert_eq!(constants.len(), 4);
    }

    #[test]
    fn half_a_file_is_read_as_far_as_it_goes() {
        let source = "export type A = { a: string; b: { c: number; }; }; export const x = { A: \"a\\\"\", B: 'b' };";
        for end in 0..source.len() {
            read(&source[..end]);
        }
        assert_eq!(
            read(source).constants["x"],
            Constant::Object(vec![Entry::Text("A".into(), "a\"".into()), Entry::Text("B".into(), "b".into()),])
        );
    }
}
