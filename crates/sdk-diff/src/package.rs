//! An unpacked version of the npm package.

use crate::{
    error::{Error, Result},
    typescript::{self, Constant, Declarations, Entry, Method, Type},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The constant with all message types.
pub const MESSAGE_TYPES: &str = "messageType";

/// What a version of the package declares.
#[derive(Debug)]
pub struct Package {
    /// The version in its manifest.
    pub version: String,
    /// Its exported constants that are objects, with their values by their keys.
    pub constants: BTreeMap<String, BTreeMap<String, String>>,
    /// The keys of objects whose keys are those of other objects, and their values.
    pub computed: BTreeMap<String, BTreeMap<String, String>>,
    /// The declared types. Empty in versions that have none.
    pub types: BTreeMap<String, Type>,
    /// The methods of the class `CallingExtensions`. Empty in versions without declarations.
    pub methods: Vec<Method>,
    /// What could not be read or is inconsistent, in words.
    pub unread: Vec<String>,
}

impl Package {
    /// Reads the folder of a package.
    ///
    /// # Errors
    /// When it is no package, or has no message types.
    pub fn read(folder: &Path) -> Result<Self> {
        let manifest = manifest(folder)?;
        let constants_file = ["src/Constants.ts", "src/Constants.js"]
            .map(|name| folder.join(name))
            .into_iter()
            .find(|path| path.is_file())
            .ok_or_else(|| Error::NoConstants(folder.to_owned()))?;
        let source = typescript::read(&read(&constants_file)?);
        let mut package = Package {
            version: manifest.version,
            constants: BTreeMap::new(),
            computed: BTreeMap::new(),
            types: BTreeMap::new(),
            methods: vec![],
            unread: vec![],
        };
        package.add_constants(&source);
        if package.constants.get(MESSAGE_TYPES).is_none_or(BTreeMap::is_empty) {
            return Err(Error::NoMessageTypes(constants_file));
        }
        package.add_declarations(folder)?;
        package.compare_with_program(&folder.join(manifest.main))?;
        Ok(package)
    }

    fn add_constants(&mut self, source: &Declarations) {
        for (name, constant) in &source.constants {
            if let Constant::Object(entries) = constant {
                let mut values = BTreeMap::new();
                self.resolve(source, name, entries, &mut values, &mut BTreeSet::new());
                self.constants.insert(name.clone(), values);
            }
        }
    }

    /// Adds the values of an object. `within` are the objects that are being resolved: one that contains itself is not followed.
    fn resolve(
        &mut self,
        source: &Declarations,
        name: &str,
        entries: &[Entry],
        values: &mut BTreeMap<String, String>,
        within: &mut BTreeSet<String>,
    ) {
        if !within.insert(name.to_owned()) {
            return;
        }
        for entry in entries {
            let unread = match entry {
                Entry::Text(key, value) => {
                    values.insert(key.clone(), value.clone());
                    continue;
                }
                Entry::Computed(key, value) => {
                    self.computed.entry(name.to_owned()).or_default().insert(key.clone(), value.clone());
                    continue;
                }
                Entry::Name(key, constant) => match source.constants.get(constant) {
                    Some(Constant::Text(text)) => {
                        values.insert(key.clone(), text.clone());
                        continue;
                    }
                    _ => format!("{key}: {constant}"),
                },
                Entry::Spread(other) => match source.constants.get(other) {
                    Some(Constant::Object(entries)) => {
                        self.resolve(source, other, entries, values, within);
                        continue;
                    }
                    _ => format!("...{other}"),
                },
                Entry::Unread(text) => text.clone(),
            };
            self.unread.push(format!("the constant {name} has an entry of an unknown form: {unread}"));
        }
        within.remove(name);
    }

    fn add_declarations(&mut self, folder: &Path) -> Result<()> {
        let files = declaration_files(&folder.join("dist/types"))?;
        for path in files {
            let declarations = typescript::read(&read(&path)?);
            self.types.extend(declarations.types);
            for (name, methods) in declarations.classes {
                if name == "CallingExtensions" {
                    self.methods.extend(methods);
                }
            }
        }
        if self.types.is_empty() {
            self.unread.push("this version declares no types: fields are not compared".into());
        }
        if self.methods.is_empty() {
            self.unread.push("this version declares no class CallingExtensions: methods are not compared".into());
        }
        Ok(())
    }

    /// The constants are read from the sources, but what runs is the program beside them.
    fn compare_with_program(&mut self, path: &Path) -> Result<()> {
        let program = read(path)?;
        let Some(types) = self.constants.get(MESSAGE_TYPES) else { return Ok(()) };
        let lacks = |value: &&String| {
            // Some versions have the program as text within text.
            ["\"", "'", "\\\""].iter().all(|quote| !program.contains(&[quote, value.as_str(), quote].concat()))
        };
        let lacking: Vec<String> = types
            .values()
            .filter(lacks)
            .map(|value| format!("the message type {value} is in the sources but not in {}", path.display()))
            .collect();
        self.unread.extend(lacking);
        Ok(())
    }
}

struct Manifest {
    version: String,
    main: PathBuf,
}

fn manifest(folder: &Path) -> Result<Manifest> {
    let path = folder.join("package.json");
    let text = read(&path)?;
    let fault = |reason: String| Error::NoManifest { path: path.clone(), reason };
    let manifest: serde_json::Value = serde_json::from_str(&text).map_err(|error| fault(error.to_string()))?;
    let text = |name: &str| manifest.get(name).and_then(serde_json::Value::as_str);
    Ok(Manifest {
        version: text("version").ok_or_else(|| fault("it has no `version`".into()))?.to_owned(),
        main: text("main").unwrap_or("index.js").into(),
    })
}

/// All `.d.ts` files of the package itself, sorted; none where it has no declarations.
fn declaration_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = vec![];
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        let fault = |error| Error::File { path: folder.clone(), error };
        for entry in fs::read_dir(&folder).map_err(fault)? {
            let path = entry.map_err(fault)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(".d.ts") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| Error::File { path: path.to_owned(), error })
}
