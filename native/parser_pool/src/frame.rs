//! Frames: a little-endian `u32` length and so many bytes of postcard.

use registry_types::{ParseAnswer, ParseRequest};

/// Largest frame in either direction. The worker is not trusted: it has read strangers' files.
pub(crate) const MAX_FRAME: usize = 64 * 1024 * 1024;
const HEAD: usize = 4;

/// `None` when the request is too large to be sent.
pub(crate) fn encode(request: &ParseRequest) -> Option<Vec<u8>> {
    let room = request.source.len() + request.path.len() + request.package.len() + 64;
    let mut frame = Vec::with_capacity(HEAD + room);
    frame.extend([0; HEAD]);
    let mut frame = postcard::to_extend(request, frame).ok()?;
    let length = frame.len() - HEAD;
    if length > MAX_FRAME {
        return None;
    }
    let length = u32::try_from(length).ok()?;
    frame
        .get_mut(..HEAD)?
        .copy_from_slice(&length.to_le_bytes());
    Some(frame)
}

/// What the bytes received so far amount to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Received {
    /// The frame is not complete.
    More,
    /// The answer.
    Answer(Box<ParseAnswer>),
    /// Not what a worker sends.
    Bad(&'static str),
}

/// Reads the answer to request `id` out of `bytes`.
pub(crate) fn decode(bytes: &[u8], id: u64) -> Received {
    let Some((head, body)) = bytes.split_first_chunk::<HEAD>() else {
        return Received::More;
    };
    let length = u32::from_le_bytes(*head) as usize;
    if length > MAX_FRAME {
        return Received::Bad("sent a frame too long");
    }
    if body.len() < length {
        return Received::More;
    }
    if body.len() > length {
        return Received::Bad("sent more than one answer");
    }
    match postcard::take_from_bytes::<ParseAnswer>(body) {
        Ok((answer, [])) if answer.id == id => Received::Answer(Box::new(answer)),
        Ok((_, [])) => Received::Bad("answered another request"),
        _ => Received::Bad("sent a frame that cannot be read"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::outline::Outline;

    fn answer(id: u64) -> Vec<u8> {
        let answer = ParseAnswer {
            id,
            language: None,
            outcome: Ok(Outline::default()),
        };
        let body = postcard::to_extend(&answer, Vec::new()).unwrap();
        let mut frame = u32::try_from(body.len()).unwrap().to_le_bytes().to_vec();
        frame.extend(body);
        frame
    }

    #[test]
    fn reads_whole_answers_only() {
        let frame = answer(7);
        for end in 0..frame.len() {
            assert_eq!(decode(&frame[..end], 7), Received::More);
        }
        assert!(matches!(decode(&frame, 7), Received::Answer(_)));
        assert!(matches!(decode(&frame, 8), Received::Bad(_)));
    }

    #[test]
    fn odd_frames_are_bad() {
        let mut two = answer(7);
        two.extend(answer(7));
        assert!(matches!(decode(&two, 7), Received::Bad(_)));
        assert!(matches!(decode(&[255; 4], 7), Received::Bad(_)));
        assert!(matches!(decode(&[1, 0, 0, 0, 9], 7), Received::Bad(_)));
        // A vector of 2^60 snippets in a frame of ten bytes allocates nothing of the sort.
        let lie = [10, 0, 0, 0, 7, 0, 0, 255, 255, 255, 255, 255, 255, 15];
        assert!(matches!(decode(&lie, 7), Received::Bad(_)));
    }
}
