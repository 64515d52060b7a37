//! Foreign view trees into the capture buffer: XCUITest page source, traces of trees, vtree.
