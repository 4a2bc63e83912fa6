//! The widget's files, as this server sends them.

mod common;

use common::Backend;

#[tokio::test(flavor = "multi_thread")]
async fn the_widget_is_served_with_the_headers_that_it_needs() {
    let mut backend = Backend::new("http://127.0.0.1:9");
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
    for (path, content_type) in [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        ("/app-0123456789abcdef.js", "text/javascript"),
        ("/app-0123456789abcdef_bg.wasm", "application/wasm"),
    ] {
        let reply = get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        assert!(reply.header("content-type").starts_with(content_type), "{path}: {}", reply.header("content-type"));
        assert_eq!(reply.header("content-security-policy"), "frame-ancestors 'self' https://*.hubspot.com", "{path}");
    }
    let path = "/app-0123456789abcdef_bg.wasm";
    let compressed = server.send(server.request("GET", path).header("accept-encoding", "gzip, br")).await;
    assert_eq!((compressed.header("content-encoding"), compressed.bytes.as_slice()), ("br", &b"compressed"[..]));

    assert_eq!(get("/app-fedcba9876543210.js").await.status, 404);
    assert_eq!(get("/..%2Fdata.sqlite").await.status, 404);
    // The routes of the server come first.
    get("/calls/call-1").await.assert_error(401, "log in first");
    server.stop().await;
}
