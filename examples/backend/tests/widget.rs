//! The widget's files, as this server sends them.

mod common;

use common::Backend;

#[tokio::test]
async fn the_widget_is_served_with_the_headers_that_it_needs() {
    let mut backend = Backend::new("http://127.0.0.1:9").await;
    let dist = backend.folder.path().join("dist");
    std::fs::create_dir(&dist).unwrap();
    for (name, content) in [
        ("index.html", "<!doctype html>"),
        ("app-0123456789abcdef.js", "export {};"),
        ("app-0123456789abcdef_bg.wasm", "\0asm"),
        ("app-0123456789abcdef_bg.wasm.br", "compressed"),
    ] {
        std::fs::write(dist.join(name), content).unwrap();
    }
    backend.settings.widget_dist = Some(dist);
    let server = backend.start().await;
    let get = async |path: &str| server.send(server.request("GET", path)).await;
    let forever = "public, max-age=31536000, immutable";
    for (path, content_type, cache) in [
        ("/", "text/html", "no-cache"),
        ("/index.html", "text/html", "no-cache"),
        ("/app-0123456789abcdef.js", "text/javascript", forever),
        ("/app-0123456789abcdef_bg.wasm", "application/wasm", forever),
    ] {
        let reply = get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        assert!(reply.header("content-type").starts_with(content_type), "{path}: {}", reply.header("content-type"));
        assert_eq!(reply.header("cache-control"), cache, "{path}");
        assert_eq!(reply.header("content-security-policy"), "frame-ancestors 'self' https://*.hubspot.com", "{path}");
        assert_eq!((reply.header("x-frame-options"), reply.header("x-content-type-options")), ("", "nosniff"));
    }
    let path = "/app-0123456789abcdef_bg.wasm";
    let compressed = server.send(server.request("GET", path).header("accept-encoding", "gzip, br")).await;
    assert_eq!((compressed.header("content-encoding"), compressed.bytes.as_slice()), ("br", &b"compressed"[..]));

    let missing = get("/app-fedcba9876543210.js").await;
    missing.assert_error(404, "not-found");
    assert_eq!(missing.header("cache-control"), "no-cache");
    get("/..%2Fdata.sqlite").await.assert_error(404, "not-found");
    // The routes of the server come first.
    get("/session").await.assert_error(401, "not-logged-in");
    server.stop().await;
}
