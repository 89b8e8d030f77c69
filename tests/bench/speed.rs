//! `cargo bench`: how long building takes, and what a query costs over HTTP, on the whole corpus.
//!
//! Prints figures and asserts none: machines differ, and a timed test is a test that fails on a busy day. The server
//! is the compiled program itself, so that start-up, memory and latency are those a user gets.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Questions of the three kinds of user, in several languages; none is used for tuning.
const QUERIES: &[&str] = &[
    "sharing deepfake nudes without consent",
    "threat to publish intimate photos to get money",
    "s 66B Sexual Offences Act",
    "platform must remove content within 24 hours",
    "نشر صور خاصة دون رضا",
    "difusión de imágenes íntimas sin consentimiento",
    "harcèlement en ligne par un ancien partenaire",
    "perfil falso nas redes sociais",
    "kusambaza picha za faragha bila idhini",
    "filming under a skirt in public",
    "preservation of traffic data by service providers",
    "labelling of AI generated video",
    "stalking with a tracking app",
    "protection order online contact",
    "publishing home address of a journalist",
    "fake profile of a former girlfriend",
];

/// A running `collex serve` that is stopped when dropped.
struct Server {
    child: Child,
    address: String,
    ready: Duration,
}

impl Server {
    fn start(index: &Path, model: &str) -> Self {
        let started = Instant::now();
        let mut child = collex(index)
            .args(["serve", "--model", model, "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program is built before its benches");
        let lines = BufReader::new(child.stdout.take().expect("stdout is piped")).lines();
        let address = lines
            .map_while(Result::ok)
            .find_map(|line| {
                let at = line.find("http://")?;
                Some(
                    line[at..]
                        .split_whitespace()
                        .next()?
                        .trim_end_matches(['.', ',', '/'])
                        .to_owned(),
                )
            })
            .expect("the server says where it serves");
        let agent = agent();
        while agent.get(format!("{address}/health/ready")).call().is_err() {
            std::thread::sleep(Duration::from_millis(5));
        }
        Self {
            child,
            address,
            ready: started.elapsed(),
        }
    }

    /// Resident memory in MiB, where the system tells it.
    fn resident(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn collex(index: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_collex"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("--index")
        .arg(index)
        .arg("--models")
        .arg("index/models");
    command
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .into()
}

/// One search; gives the whole time and the share of the embedding, in milliseconds.
fn ask(agent: &ureq::Agent, address: &str, query: &str, mode: &str) -> Option<(f64, f64)> {
    let started = Instant::now();
    let mut answer = agent
        .get(format!("{address}/v1/search"))
        .query("q", query)
        .query("mode", mode)
        .query("limit", "10")
        .call()
        .ok()?;
    let body = answer.body_mut().read_to_string().ok()?;
    let whole = started.elapsed().as_secs_f64() * 1000.0;
    let json: serde_json::Value = serde_json::from_str(&body).ok()?;
    Some((whole, json["took_ms"]["embed"].as_f64().unwrap_or_default()))
}

fn percentile(sorted: &[f64], share: f64) -> f64 {
    let at = ((sorted.len() as f64 - 1.0) * share).round() as usize;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

/// One client, `rounds` times every query: p50, p99 and the share of the embedding.
fn latency(server: &Server, mode: &str, rounds: usize) {
    let agent = agent();
    for query in QUERIES {
        ask(&agent, &server.address, query, mode);
    }
    let answers: Vec<(f64, f64)> = (0..rounds)
        .flat_map(|_| QUERIES)
        .filter_map(|query| ask(&agent, &server.address, query, mode))
        .collect();
    let mut times: Vec<f64> = answers.iter().map(|answer| answer.0).collect();
    times.sort_by(f64::total_cmp);
    let (whole, embed) = answers
        .iter()
        .fold((0.0, 0.0), |sum, answer| (sum.0 + answer.0, sum.1 + answer.1));
    println!(
        "{mode:<9} 1 client    p50 {:>6.2} ms   p99 {:>6.2} ms   embedding {:>3.0} % of the time   {} of {} answered",
        percentile(&times, 0.5),
        percentile(&times, 0.99),
        100.0 * embed / whole,
        times.len(),
        rounds * QUERIES.len(),
    );
}

/// Sixteen clients at once: queries a second and how many failed.
fn throughput(server: &Server, mode: &str, rounds: usize) {
    let started = Instant::now();
    let answered: usize = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..16)
            .map(|_| {
                scope.spawn(|| {
                    let agent = agent();
                    let all = (0..rounds).flat_map(|_| QUERIES);
                    all.filter(|query| ask(&agent, &server.address, query, mode).is_some())
                        .count()
                })
            })
            .collect();
        clients
            .into_iter()
            .map(|client| client.join().unwrap_or_default())
            .sum()
    });
    let asked = 16 * rounds * QUERIES.len();
    let rate = answered as f64 / started.elapsed().as_secs_f64();
    println!(
        "{mode:<9} 16 clients  {rate:>7.0} queries a second   {} errors in {asked}",
        asked - answered
    );
}

/// Codes of all jurisdictions that the server knows.
fn jurisdictions(agent: &ureq::Agent, address: &str) -> Vec<String> {
    let answer = agent.get(format!("{address}/v1/jurisdictions")).call();
    let body = answer
        .ok()
        .and_then(|mut answer| answer.body_mut().read_to_string().ok());
    let json: serde_json::Value = serde_json::from_str(&body.unwrap_or_default()).unwrap_or_default();
    let codes = json["jurisdictions"].as_array().cloned().unwrap_or_default();
    codes
        .iter()
        .filter_map(|one| one["code"].as_str().map(str::to_owned))
        .collect()
}

/// A grid of one topic over 10, 30 and all jurisdictions, of an article and of a whole model law over all.
fn comparison(server: &Server, rounds: usize) {
    let agent = agent();
    let codes = jurisdictions(&agent, &server.address);
    let topic = ("topic", "intimate-image-abuse");
    let some = |count: usize| codes[..count.min(codes.len())].join(",");
    let all = format!("all {}", codes.len());
    for (label, subject, jurisdictions) in [
        ("topic, 10", topic, some(10)),
        ("topic, 30", topic, some(30)),
        (&format!("topic, {all}"), topic, some(codes.len())),
        (
            &format!("article, {all}"),
            ("article", "model-laws/tfgbv-model-law#art-6"),
            "all".to_owned(),
        ),
        (
            &format!("model law, {all}"),
            ("model_law", "model-laws/tfgbv-model-law"),
            "all".to_owned(),
        ),
    ] {
        let mut times: Vec<f64> = Vec::new();
        let mut size = 0;
        for round in 0..=rounds {
            let started = Instant::now();
            let answer = agent
                .get(format!("{}/v1/compare", server.address))
                .query(subject.0, subject.1)
                .query("jurisdiction", &jurisdictions)
                .call();
            let body = answer
                .ok()
                .and_then(|mut answer| answer.body_mut().with_config().limit(1 << 26).read_to_vec().ok());
            // The first reads the facts of the whole corpus.
            if let Some(body) = body.filter(|_| round > 0) {
                size = body.len();
                times.push(started.elapsed().as_secs_f64() * 1000.0);
            }
        }
        times.sort_by(f64::total_cmp);
        println!(
            "compare   {label:<20} p50 {:>6.2} ms   p99 {:>6.2} ms   {:>5} KiB   {} of {rounds} answered",
            percentile(&times, 0.5),
            percentile(&times, 0.99),
            size / 1024,
            times.len(),
        );
    }
}

/// The bill of the tests so often that it has `count` sections, each padded to some letters.
fn draft(count: usize, letters: usize) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/drafts/digital-safety-bill.md");
    let bill = std::fs::read_to_string(path).expect("the draft of the tests is there");
    let sections: Vec<&str> = bill.split("### Section ").skip(1).collect();
    let mut draft = String::new();
    for number in 1..=count {
        let section = sections[(number - 1) % sections.len()];
        let heading = section.find('—').unwrap_or(0);
        draft.push_str(&format!("### Section {number} {}\n", &section[heading..]));
        let body = section.split_once('\n').map_or("", |(_, body)| body.trim());
        for _ in 0..(letters / body.len().max(1)) {
            draft.push_str(body);
            draft.push_str("\n\n");
        }
    }
    draft
}

/// A draft against all jurisdictions: 10 sections, 40, and as many letters as are read.
fn drafts(server: &Server, rounds: usize) {
    let agent = agent();
    for (label, text) in [
        ("10 sections", draft(10, 0)),
        ("40 sections", draft(40, 0)),
        ("40 sections of 4000 letters", draft(40, 4000)),
        ("900 sections, 4 MB", draft(900, 4500)),
    ] {
        let mut times: Vec<f64> = Vec::new();
        for _ in 0..rounds {
            let started = Instant::now();
            let answer = agent
                .post(format!("{}/v1/compare/draft?jurisdiction=all", server.address))
                .header("content-type", "text/markdown")
                .send(&text);
            let body = answer
                .ok()
                .and_then(|mut answer| answer.body_mut().with_config().limit(1 << 26).read_to_vec().ok());
            times.extend(body.map(|_| started.elapsed().as_secs_f64() * 1000.0));
        }
        times.sort_by(f64::total_cmp);
        println!(
            "draft     {label:<30} p50 {:>7.0} ms   slowest {:>7.0} ms   {:>5} KiB   {} of {rounds} answered",
            percentile(&times, 0.5),
            percentile(&times, 1.0),
            text.len() / 1024,
            times.len(),
        );
    }
}

fn timed_build(index: &Path, model: &str, label: &str) {
    let started = Instant::now();
    let output = collex(index)
        .args(["index", "--model", model])
        .output()
        .expect("the program starts");
    let verdict = if output.status.success() { "" } else { "   FAILED" };
    println!("{label:<44} {:>7.2} s{verdict}", started.elapsed().as_secs_f64());
    if !output.status.success() {
        println!("{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let with_model = Path::new(env!("CARGO_MANIFEST_DIR")).join("index/models").is_dir();
    for model in if with_model {
        &["default", "off"][..]
    } else {
        &["off"][..]
    } {
        let index = folder.path().join(model);
        println!("\nmodel: {model}");
        timed_build(&index, model, "index from nothing");
        timed_build(&index, model, "index again, nothing changed");
        let server = Server::start(&index, model);
        println!(
            "{:<44} {:>7.2} s",
            "ready to serve, index in place",
            server.ready.as_secs_f64()
        );
        for mode in if *model == "off" {
            &["keyword"][..]
        } else {
            &["hybrid", "semantic", "keyword"][..]
        } {
            latency(&server, mode, 20);
            throughput(&server, mode, 4);
        }
        comparison(&server, 50);
        drafts(&server, 5);
        if let Some(resident) = server.resident() {
            println!("{:<44} {resident:>7.0} MiB", "resident memory after the load");
        }
    }
    if !with_model {
        println!("\nSKIPPED: hybrid search; no model in index/models (`collex model fetch` gets it)");
    }
}
