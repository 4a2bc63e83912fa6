//! The files for web servers, as texts.

use super::Policy;
use std::fmt::Write as _;

const GENERATED: &str = "# Written by `cargo xtask hosting` from hosting/policy.toml. Change it there.\n";

impl Policy {
    /// The files that are committed: their names in `hosting/`, and their contents.
    pub(super) fn files(&self) -> [(&'static str, String); 4] {
        [
            ("Caddyfile", self.caddyfile()),
            ("Dockerfile", dockerfile()),
            ("Dockerfile.dockerignore", dockerignore()),
            ("nginx.conf", self.nginx()),
        ]
    }

    /// `_headers` for Netlify and Cloudflare Pages, for a folder with these files.
    ///
    /// The two combine rules with the same header differently, so no file gets the same header from two rules. The patterns of
    /// both cannot tell a hash from another word, so each file with a hash has a rule of its own.
    pub fn headers_file<'a>(&self, files: impl IntoIterator<Item = &'a str>) -> String {
        let mut text = format!("{GENERATED}/*\n");
        for (name, value) in self.headers() {
            line(&mut text, format_args!("  {name}: {value}"));
        }
        for path in files {
            let name = path.rsplit('/').next().unwrap_or(path);
            let caching = if self.is_hashed(name) { &self.caching.hashed } else { &self.caching.other };
            line(&mut text, format_args!("/{path}\n  Cache-Control: {caching}"));
            // The address of a folder is one of its page too.
            if let Some(folder) = path.strip_suffix("index.html") {
                line(&mut text, format_args!("/{folder}\n  Cache-Control: {caching}"));
            }
        }
        text
    }

    fn nginx(&self) -> String {
        let mut text = String::from(GENERATED);
        text.push_str(
            "#\n\
             # For a server block of your own. `root` is a copy of target/site, which `cargo xtask site` makes.\n\
             #\n\
             #     server {\n\
             #         listen 443 ssl;\n\
             #         server_name phone.example.com;\n\
             #         ssl_certificate /etc/ssl/phone.example.com.pem;\n\
             #         ssl_certificate_key /etc/ssl/phone.example.com.key;\n\
             #         root /srv/phone;\n\
             #         include /etc/nginx/phone.conf;\n\
             #     }\n\n",
        );
        text.push_str("types {\n");
        for (ending, mime) in &self.mime {
            line(&mut text, format_args!("    {mime} {ending};"));
        }
        text.push_str("}\ndefault_type application/octet-stream;\ncharset utf-8;\n");
        let charset_types = self.mime.values().filter(|mime| is_text(mime) && *mime != "text/html");
        line(&mut text, format_args!("charset_types {};", charset_types.cloned().collect::<Vec<_>>().join(" ")));
        text.push_str(
            "\nindex index.html;\n\
             # Behind a proxy the server knows neither its name nor its port.\n\
             absolute_redirect off;\n\n\
             # The files beside the originals, with the endings br and gz. For brotli_static nginx needs a module (Debian:\n\
             # libnginx-mod-http-brotli-static); without it, remove the line. `gzip on` is for files without a compressed one.\n\
             brotli_static on;\ngzip_static on;\ngzip on;\ngzip_vary on;\n",
        );
        let types = self.compressed_types().filter(|mime| *mime != "text/html");
        line(&mut text, format_args!("gzip_types {};", types.collect::<Vec<_>>().join(" ")));
        // nginx inherits add_header only where a block has none of its own, so both blocks have all of them.
        for (location, caching) in
            [("/".to_owned(), &self.caching.other), (format!("~ \"{}\"", self.hashed_pattern()), &self.caching.hashed)]
        {
            line(&mut text, format_args!("\nlocation {location} {{"));
            for (name, value) in self.headers() {
                line(&mut text, format_args!("    add_header {name} \"{value}\" always;"));
            }
            // Without `always`: an error is not cached.
            line(&mut text, format_args!("    add_header Cache-Control \"{caching}\";\n}}"));
        }
        text.push_str("\nlocation = /_headers {\n    return 404;\n}\n");
        text
    }

    fn caddyfile(&self) -> String {
        let mut text = String::from(GENERATED);
        text.push_str(
            "#\n\
             # SITE_ADDRESS is where the site is served: with a domain as phone.example.com Caddy gets a certificate for it by\n\
             # itself; with a port alone it serves http, for a container behind a proxy. SITE_ROOT is a copy of target/site,\n\
             # which `cargo xtask site` makes.\n\
             {\n\tadmin off\n}\n\n\
             {$SITE_ADDRESS::8080} {\n\
             \troot * {$SITE_ROOT:/srv}\n\
             \t# In this order: a later header replaces an earlier one.\n\
             \troute {\n\
             \t\theader {\n",
        );
        for (name, value) in self.headers() {
            line(&mut text, format_args!("\t\t\t{name} \"{value}\""));
        }
        line(&mut text, format_args!("\t\t\tCache-Control \"{}\"\n\t\t}}", self.caching.other));
        // Only for a file that is there: an error is not cached.
        line(
            &mut text,
            format_args!(
                "\t\t@hashed {{\n\t\t\tpath_regexp {}\n\t\t\tfile\n\t\t}}\n\t\theader @hashed Cache-Control \"{}\"",
                self.hashed_pattern(),
                self.caching.hashed
            ),
        );
        for (ending, mime) in &self.mime {
            let paths = if ending == "html" { "*.html */".to_owned() } else { format!("*.{ending}") };
            let charset = if is_text(mime) { "; charset=utf-8" } else { "" };
            line(
                &mut text,
                format_args!("\t\t@{ending} path {paths}\n\t\theader @{ending} Content-Type \"{mime}{charset}\""),
            );
        }
        text.push_str(
            "\t\terror /_headers 404\n\
             \t\t# file_server also adds the slash to the address of a folder, but drops the query.\n\
             \t\t@folder {\n\t\t\tnot path */\n\t\t\tfile {path}/\n\t\t\texpression {query} != \"\"\n\t\t}\n\
             \t\tredir @folder {path}/?{query} permanent\n",
        );
        text.push_str("\t\t# For files without a compressed one beside them.\n\t\tencode gzip {\n\t\t\tmatch {\n");
        for mime in self.compressed_types() {
            line(&mut text, format_args!("\t\t\t\theader Content-Type {mime}*"));
        }
        text.push_str("\t\t\t}\n\t\t}\n\t\tfile_server {\n\t\t\tprecompressed br gzip\n\t\t}\n\t}\n}\n");
        text
    }

    fn compressed_types(&self) -> impl Iterator<Item = &str> {
        self.compressed.iter().filter_map(|ending| self.mime.get(ending).map(String::as_str))
    }
}

fn dockerfile() -> String {
    format!(
        "{GENERATED}#\n\
         # cargo xtask site\n\
         # docker build --file hosting/Dockerfile --tag calling-app .\n\
         # docker run --publish 8080:8080 calling-app\n\
         #\n\
         # Docker's older builder, without BuildKit, ignores Dockerfile.dockerignore and reads all of target/.\n\
         #\n\
         # It serves http at port 8080. https is the task of what is in front of it; without that, set SITE_ADDRESS to a domain and\n\
         # publish the ports 80 and 443.\n\
         FROM caddy:2-alpine\n\
         COPY hosting/Caddyfile /etc/caddy/Caddyfile\n\
         COPY target/site /srv\n\
         ENV SITE_ADDRESS=:8080 SITE_ROOT=/srv\n\
         EXPOSE 8080\n"
    )
}

/// What docker sends to its daemon: all of target/ would be gigabytes.
fn dockerignore() -> String {
    format!("{GENERATED}*\n!hosting/Caddyfile\n!target/site\n")
}

fn is_text(mime: &str) -> bool {
    mime.starts_with("text/")
}

fn line(text: &mut String, line: std::fmt::Arguments) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_gets_a_header_from_two_rules() {
        let policy = Policy::read().unwrap();
        let text = policy.headers_file(["index.html", "app-6d0085c7cdfd276f.js", "simulator/index.html", "window.js"]);
        let rules: Vec<&str> = text.lines().filter(|line| line.starts_with('/')).collect();
        assert_eq!(
            rules,
            [
                "/*",
                "/index.html",
                "/",
                "/app-6d0085c7cdfd276f.js",
                "/simulator/index.html",
                "/simulator/",
                "/window.js"
            ]
        );
        let (all, of_files) = text.split_once("/index.html").unwrap();
        assert!(!all.contains("Cache-Control"), "{all}");
        assert!(all.contains("frame-ancestors") && !of_files.contains("frame-ancestors"), "{text}");
        assert!(
            text.contains("/app-6d0085c7cdfd276f.js\n  Cache-Control: public, max-age=31536000, immutable\n"),
            "{text}"
        );
        assert!(text.contains("/window.js\n  Cache-Control: no-cache\n"), "{text}");
    }

    #[test]
    fn docker_is_sent_what_the_image_is_made_of() {
        let (dockerfile, ignored) = (dockerfile(), dockerignore());
        let sources: Vec<&str> =
            dockerfile.lines().filter_map(|line| line.strip_prefix("COPY ")?.split(' ').next()).collect();
        assert_eq!(sources, ["hosting/Caddyfile", "target/site"]);
        for source in sources {
            assert!(ignored.lines().any(|line| line == format!("!{source}")), "{source}");
        }
    }
}
