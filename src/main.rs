//! Collex on the command line: everything is in `collex::cli`.

fn main() -> std::process::ExitCode {
    collex::cli::run()
}
