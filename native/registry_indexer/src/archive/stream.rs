use std::io::Read;

use flate2::bufread::GzDecoder;
use registry_types::{Error, Result};

use super::budget::Budget;

/// Gzip members are joined as `gzip` and `tar` do. Each costs the set-up of a decoder, so a file
/// of empty members would buy seconds of work with a few bytes each.
const MAX_MEMBERS: u32 = 10_000;
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

enum Input<'a> {
    Plain(&'a [u8]),
    Gzip {
        decoder: Option<Box<GzDecoder<&'a [u8]>>>,
        members: u32,
    },
}

/// Bytes of an archive, unpacked as they are read, each counted against the budget.
pub(super) struct Stream<'a, 'b> {
    input: Input<'a>,
    budget: &'b mut Budget,
}

impl<'a, 'b> Stream<'a, 'b> {
    pub(super) const fn plain(bytes: &'a [u8], budget: &'b mut Budget) -> Self {
        Self {
            input: Input::Plain(bytes),
            budget,
        }
    }

    pub(super) fn gzip(bytes: &'a [u8], budget: &'b mut Budget) -> Result<Self> {
        if !bytes.starts_with(&GZIP_MAGIC) {
            return Err(Error::archive("the archive is not gzip-compressed"));
        }
        Ok(Self {
            input: Input::Gzip {
                decoder: Some(Box::new(GzDecoder::new(bytes))),
                members: 1,
            },
            budget,
        })
    }

    pub(super) const fn budget(&mut self) -> &mut Budget {
        self.budget
    }

    /// Fills `buffer`, or less at the end of the data.
    pub(super) fn fill(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            let read = self.read(rest)?;
            if read == 0 {
                break;
            }
            filled += read;
        }
        Ok(filled)
    }

    /// Reads on to the end, so that the checksum at the end of the last gzip member is verified.
    pub(super) fn drain(&mut self) -> Result<()> {
        let mut scratch = [0; 8192];
        while self.read(&mut scratch)? > 0 {}
        Ok(())
    }

    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = match &mut self.input {
            Input::Plain(rest) => rest.read(buffer).unwrap_or(0),
            Input::Gzip { decoder, members } => read_members(decoder, members, buffer)?,
        };
        self.budget.charge(read)?;
        Ok(read)
    }
}

fn read_members(
    decoder: &mut Option<Box<GzDecoder<&[u8]>>>,
    members: &mut u32,
    buffer: &mut [u8],
) -> Result<usize> {
    while let Some(mut current) = decoder.take() {
        let read = current.read(buffer).map_err(|e| corrupt(&e))?;
        if read > 0 {
            *decoder = Some(current);
            return Ok(read);
        }
        // Whatever follows the last member is ignored, as `gzip` does: registries serve archives
        // with zero padding or a signature behind them.
        let rest = current.into_inner();
        if rest.starts_with(&GZIP_MAGIC) {
            *members += 1;
            if *members > MAX_MEMBERS {
                return Err(Error::archive(format!(
                    "the archive is split into more than {MAX_MEMBERS} gzip members"
                )));
            }
            *decoder = Some(Box::new(GzDecoder::new(rest)));
        }
    }
    Ok(0)
}

fn corrupt(error: &std::io::Error) -> Error {
    if error.kind() == std::io::ErrorKind::UnexpectedEof {
        Error::archive("the archive's gzip data ends too early: it was truncated")
    } else {
        Error::archive(format!("the archive's gzip data is damaged: {error}"))
    }
}
