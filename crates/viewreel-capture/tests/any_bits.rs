//! Whatever stands in the rows: no panic, and a tree within the limits.

use proptest::collection::vec;
use proptest::prelude::*;
use viewreel_capture::layout::{NodeRow, RegionRow, StrRef, WindowRow};
use viewreel_capture::{CaptureBuffer, CaptureDecoder};
use viewreel_model::geometry::snap;
use viewreel_model::limits::{
    MAX_DEPTH, MAX_NODES, MAX_RAW_TEXT_BYTES, MAX_STRING_BYTES, MAX_WINDOWS,
};
use viewreel_model::{RawSnapshot, Rect, StrId};

fn float() -> impl Strategy<Value = f32> {
    prop_oneof![any::<u32>().prop_map(f32::from_bits), -1_000.0f32..1_000.0]
}

fn string_ref() -> impl Strategy<Value = StrRef> {
    prop_oneof![
        (0u32..200, 0u32..60).prop_map(|(start, len)| StrRef { start, len }),
        any::<(u32, u32)>().prop_map(|(start, len)| StrRef { start, len }),
    ]
}

prop_compose! {
    fn node()(
        floats in prop::array::uniform32(float()),
        text_frame in prop::array::uniform4(float()),
        bytes in any::<[u8; 10]>(),
        halves in any::<[u16; 7]>(),
        words in any::<[u32; 8]>(),
        strings in prop::array::uniform5(string_ref()),
        (capture_id, picture) in any::<(u64, u64)>(),
    ) -> NodeRow {
        let f = floats;
        NodeRow {
            capture_id,
            picture,
            parent: words[0],
            generation: words[1],
            class_chain: strings[0],
            controller: strings[1],
            identifier: strings[2],
            font: strings[3],
            text: strings[4],
            background: words[2],
            gradient_end: words[3],
            border_color: words[4],
            shadow_color: words[5],
            text_color: words[6],
            picture_tint: words[7],
            text_frame,
            picture_scale: f[29],
            picture_width_px: halves[4],
            picture_height_px: halves[5],
            max_lines: halves[6],
            bounds: [f[0], f[1], f[2], f[3]],
            position: [f[4], f[5]],
            anchor: [f[6], f[7]],
            transform: [f[8], f[9], f[10], f[11], f[12], f[13]],
            corner_radii: [f[14], f[15], f[16], f[17]],
            gradient: [f[18], f[19], f[20], f[21]],
            border_width: f[22],
            shadow_radius: f[23],
            shadow_offset: [f[24], f[25]],
            z: f[26],
            text_size: f[27],
            control_value: f[28],
            weight: halves[0],
            control_index: halves[1],
            control_count: halves[2],
            flags: halves[3],
            kind: bytes[0],
            override_action: bytes[1],
            content_type: bytes[2],
            alpha: bytes[3],
            blur: bytes[4],
            text_role: bytes[5],
            alignment: bytes[6],
            content_mode: bytes[7],
            control_flags: bytes[8],
            vertical: bytes[9],
        }
    }
}

prop_compose! {
    fn any_buffer()(
        mut nodes in vec(node(), 0..40),
        parents in vec(any::<u32>(), 40),
        shape in any::<bool>(),
        roots in vec((any::<u32>(), float()), 0..4),
        regions in vec((any::<u64>(), any::<u8>(), 0u32..2, prop::array::uniform4(float())), 0..8),
        heap in vec(any::<u8>(), 0..200),
    ) -> CaptureBuffer {
        let mut buffer = CaptureBuffer::new();
        buffer.add_string_bytes(&heap);
        if shape {
            make_a_tree(&mut nodes, &parents);
        }
        let rows = buffer.rows_mut();
        let window = |(root, level)| WindowRow { root, scene: root, level };
        if shape && !nodes.is_empty() {
            rows.windows.push(WindowRow::default());
        } else {
            rows.windows.extend(roots.into_iter().map(window));
        }
        rows.nodes = nodes;
        rows.regions.extend(regions.into_iter().map(|(owner, action, window, rect)| {
            RegionRow { owner, window: if shape { 0 } else { window }, rect, action, reserved: [0; 3] }
        }));
        if shape && rows.nodes.is_empty() {
            rows.regions.clear();
        }
        buffer
    }
}

/// Gives each node one of the nodes that are open before it as its parent.
fn make_a_tree(nodes: &mut [NodeRow], choices: &[u32]) {
    let mut open: Vec<u32> = Vec::new();
    for (index, node) in nodes.iter_mut().enumerate() {
        if open.is_empty() {
            node.parent = u32::MAX;
        } else {
            open.truncate(choices[index] as usize % open.len() + 1);
            node.parent = open[open.len() - 1];
        }
        open.push(u32::try_from(index).unwrap());
    }
}

fn assert_within_limits(raw: &dyn RawSnapshot) {
    assert!(raw.len() <= MAX_NODES && raw.windows().len() <= MAX_WINDOWS);
    let path = |node| std::iter::successors(Some(node), |&node| raw.parent(node));
    for node in 0..raw.len() {
        assert!(path(node).count() <= MAX_DEPTH + 1);
        assert_repaired(raw, node);
    }
    for region in raw.regions() {
        assert!((region.window as usize) < raw.windows().len());
        assert!(region.rect.size.width >= 0.0 && region.rect.size.height >= 0.0);
    }
}

fn assert_repaired(raw: &dyn RawSnapshot, node: usize) {
    let row = raw.row(node).unwrap();
    let g = row.geometry;
    let lengths = [g.bounds.origin.x, g.bounds.size.width, g.position.y, g.transform.offset.x];
    assert!(lengths.iter().all(|&length| snap(length).to_bits() == length.to_bits()));
    assert_eq!(g.snapped(), g);
    assert_eq!((raw.geometry(node), raw.semantics(node)), (g, row.semantics));
    assert_eq!(row.appearance.snapped(), row.appearance);
    assert_eq!(row.control.snapped(), row.control);
    let strings = [row.semantics.class_chain, row.semantics.identifier, row.text.font];
    assert!(strings.iter().all(|&id| raw.string(id).len() <= MAX_STRING_BYTES));
    let content = raw.content(node);
    let Rect { origin, size } = content.text.frame;
    assert!([origin.x, origin.y, size.width, size.height].iter().all(|side| side.is_finite()));
    assert!(size.width >= 0.0 && size.height >= 0.0 && content.picture.scale.is_finite());
    assert!(raw.text(node).len() <= MAX_RAW_TEXT_BYTES);
}

proptest! {
    #[test]
    fn any_bits_give_a_tree_within_the_limits_or_an_error(buffer in any_buffer()) {
        let mut decoder = CaptureDecoder::new();
        if let Ok(raw) = decoder.decode(&buffer) {
            assert_within_limits(&raw);
        }
    }

    #[test]
    fn any_bits_in_a_well_formed_tree_are_never_an_error(
        mut nodes in vec(node(), 1..40),
        choices in vec(any::<u32>(), 40),
        heap in vec(any::<u8>(), 0..200),
    ) {
        make_a_tree(&mut nodes, &choices);
        let mut buffer = CaptureBuffer::new();
        buffer.add_string_bytes(&heap);
        buffer.rows_mut().windows.push(WindowRow::default());
        buffer.rows_mut().nodes = nodes;
        let mut decoder = CaptureDecoder::new();
        let raw = decoder.decode(&buffer).unwrap();
        prop_assert_eq!(raw.len(), buffer.rows().nodes.len());
        assert_within_limits(&raw);
    }

    #[test]
    fn a_decoder_keeps_nothing_of_the_buffer_before(first in any_buffer(), second in any_buffer()) {
        let (mut used, mut fresh) = (CaptureDecoder::new(), CaptureDecoder::new());
        let _ = used.decode(&first).map(|raw| raw.len());
        match (used.decode(&second), fresh.decode(&second)) {
            (Ok(a), Ok(b)) => assert_same(&a, &b),
            (a, b) => prop_assert_eq!(a.err(), b.err()),
        }
    }
}

fn assert_same(a: &dyn RawSnapshot, b: &dyn RawSnapshot) {
    assert_eq!((a.parents(), a.windows(), a.regions()), (b.parents(), b.windows(), b.regions()));
    assert_eq!((a.cut_nodes(), a.strings()), (b.cut_nodes(), b.strings()));
    let mut strings = (1..=a.strings() as u32).map(StrId);
    assert!(strings.all(|id| a.string(id) == b.string(id)));
    for node in 0..a.len() {
        assert_eq!((a.row(node), a.brief(node)), (b.row(node), b.brief(node)));
        assert_eq!((a.privacy(node), a.content(node)), (b.privacy(node), b.content(node)));
    }
}
