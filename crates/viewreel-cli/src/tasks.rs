//! Who hands out what is to be sent.

use viewreel_model::ImageId;
use viewreel_recorder::embed::Worker;
use viewreel_recorder::{
    Conditions, ConfigResult, Counters, DecisionsResult, PictureResult, Recorder, Task,
    UploadResult,
};
use viewreel_seams::Now;

/// Hands out what is to be sent, and takes how it went.
pub(crate) trait Tasks {
    fn next_task(&mut self, now: Now, conditions: Conditions) -> Task;
    fn report(&mut self, now: Now, task_id: &str, result: &UploadResult);
    fn report_missing_pictures(&mut self, missing: &[ImageId]);
    fn report_picture(&mut self, now: Now, task_id: &str, result: &PictureResult);
    fn report_config(&mut self, now: Now, result: &ConfigResult);
    fn report_decisions(&mut self, now: Now, result: DecisionsResult);
    fn counters(&self) -> Counters;
}

/// They have all of these calls already, under the same names.
macro_rules! hand_out_tasks {
    ($($who:ty),*) => {$(
        impl Tasks for $who {
            fn next_task(&mut self, now: Now, conditions: Conditions) -> Task {
                <$who>::next_task(self, now, conditions)
            }

            fn report(&mut self, now: Now, task_id: &str, result: &UploadResult) {
                <$who>::report(self, now, task_id, result);
            }

            fn report_missing_pictures(&mut self, missing: &[ImageId]) {
                <$who>::report_missing_pictures(self, missing);
            }

            fn report_picture(&mut self, now: Now, task_id: &str, result: &PictureResult) {
                <$who>::report_picture(self, now, task_id, result);
            }

            fn report_config(&mut self, now: Now, result: &ConfigResult) {
                <$who>::report_config(self, now, result);
            }

            fn report_decisions(&mut self, now: Now, result: DecisionsResult) {
                <$who>::report_decisions(self, now, result);
            }

            fn counters(&self) -> Counters {
                <$who>::counters(self)
            }
        }
    )*};
}

hand_out_tasks!(Recorder, Worker);
