//! The web app is embedded from `web/dist`. It is built by another tool and may
//! not be there: the server then says so instead of failing to compile.

fn main() {
    let dist = std::path::Path::new("../../web/dist");
    if let Err(error) = std::fs::create_dir_all(dist) {
        println!("cargo:warning=web/dist can not be made: {error}");
    }
    println!("cargo:rerun-if-changed=../../web/dist");
}
