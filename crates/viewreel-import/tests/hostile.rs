//! No bytes make an importer panic, and no error repeats them.

mod common;

use common::{file, run};
use proptest::prelude::*;
use viewreel_import::Source;

const ALL: [Source; 3] = [Source::XcuiTest, Source::Trace, Source::Vtree];

/// Small valid files, to damage.
fn valid() -> impl Strategy<Value = (Source, Vec<u8>)> {
    let trace = br#"{"k":"tree","t":0,"n":0,"activity":"a/.B","nodes":[{"p":-1,"c":"android.widget.ListView","b":[0,0,1080,2280],"f":"ev"},{"p":0,"c":"android.widget.TextView","b":[0,0,900,60],"T":"Hello you","f":"ev"}]}
{"k":"event","t":900,"type":"scroll","direction":"UP","target":{"b":[0,0,1080,2280]},"then":0}"#;
    let first_lines = |name: &str, count: usize| -> Vec<u8> {
        file(name).split_inclusive(|&byte| byte == b'\n').take(count).collect::<Vec<_>>().concat()
    };
    prop_oneof![
        Just((Source::XcuiTest, file("shirates_RelativeTest.xml"))),
        Just((Source::Trace, trace.to_vec())),
        Just((Source::Vtree, first_lines("login.vtree.jsonl", 6))),
    ]
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for source in ALL {
            let _ = run(source, &bytes);
        }
    }

    #[test]
    fn arbitrary_text_is_read_or_refused_without_repeating_it(words in "[<>/={}\\[\\]\": a-z0-9.,-]{0,80}") {
        for source in ALL {
            let _ = run(source, words.as_bytes());
        }
    }

    #[test]
    fn damaged_files_are_read_or_refused(
        (source, mut bytes) in valid(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        end in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(end.index(bytes.len()));
        }
        let _ = run(source, &bytes);
    }

    #[test]
    fn no_error_repeats_a_value_of_the_file(at in 0..12_usize) {
        let secret = "\"hunter2-hunter2\"";
        let numbers = ["\"t\":0", "\"n\":0", "\"p\":-1", "\"b\":[0,0,9,9]", "\"c\":\"V\"", "\"f\":\"v\""];
        let line = format!(r#"{{"k":"tree",{},{},"nodes":[{{{}}}]}}"#, numbers[0], numbers[1], numbers[2..].join(","));
        let field = numbers[at % numbers.len()];
        let (key, _) = field.split_once(':').unwrap();
        let text = line.replace(field, &format!("{key}:[{secret}]"));
        if let Err(error) = run(Source::Trace, text.as_bytes()) {
            prop_assert!(!error.to_string().contains("hunter2"), "{}", error);
        }
    }
}
