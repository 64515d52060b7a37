//! What each Android class is.

use viewreel_model::Kind;

/// The kind of a class, or `None` where nobody knows it. Classes are known by
/// their last name, so that the support library's and AndroidX's are the same.
pub(crate) fn kind(class: &str) -> Option<Kind> {
    let name = class.rsplit(['.', '$']).next().unwrap_or(class);
    CLASSES.iter().find(|(_, names)| names.contains(&name)).map(|(kind, _)| *kind)
}

/// Check boxes, radio buttons and toggles are switches: what they say is what
/// the user said. A spinner and a rating bar are input in the same way.
const CLASSES: &[(Kind, &[&str])] = &[
    (
        Kind::View,
        &[
            "View",
            "ViewGroup",
            "FrameLayout",
            "LinearLayout",
            "RelativeLayout",
            "GridLayout",
            "TableLayout",
            "TableRow",
            "ConstraintLayout",
            "CoordinatorLayout",
            "DrawerLayout",
            "LinearLayoutCompat",
            "CardView",
            "MaterialCardView",
            "ViewAnimator",
            "ViewFlipper",
            "ViewSwitcher",
            "RadioGroup",
            "ViewStub",
            "Space",
            "AppBarLayout",
            "SlidingDrawer",
            "MotionLayout",
            "SwipeRefreshLayout",
            "TabHost",
        ],
    ),
    (
        Kind::Text,
        &[
            "TextView",
            "CheckedTextView",
            "AppCompatTextView",
            "TextSwitcher",
            "Chronometer",
            "TextClock",
            "MaterialTextView",
        ],
    ),
    (
        Kind::TextInput,
        &[
            "EditText",
            "AutoCompleteTextView",
            "MultiAutoCompleteTextView",
            "AppCompatEditText",
            "TextInputEditText",
        ],
    ),
    (Kind::SearchBar, &["SearchView"]),
    (
        Kind::Button,
        &[
            "Button",
            "ImageButton",
            "AppCompatButton",
            "AppCompatImageButton",
            "MaterialButton",
            "Chip",
            "FloatingActionButton",
            "ExtendedFloatingActionButton",
            "ActionMenuItemView",
            "Tab",
            "ZoomButton",
        ],
    ),
    (
        Kind::Image,
        &[
            "ImageView",
            "Image",
            "AppCompatImageView",
            "ShapeableImageView",
            "ImageSwitcher",
            "QuickContactBadge",
        ],
    ),
    (
        Kind::Switch,
        &[
            "Switch",
            "SwitchCompat",
            "SwitchMaterial",
            "ToggleButton",
            "CheckBox",
            "RadioButton",
            "AppCompatCheckBox",
            "AppCompatRadioButton",
            "CompoundButton",
        ],
    ),
    (Kind::Slider, &["SeekBar", "AppCompatSeekBar", "RatingBar", "Slider", "RangeSlider"]),
    (Kind::Progress, &["ProgressBar", "LinearProgressIndicator", "CircularProgressIndicator"]),
    (Kind::Picker, &["Spinner", "NumberPicker", "AppCompatSpinner"]),
    (Kind::DatePicker, &["DatePicker", "TimePicker", "CalendarView"]),
    (
        Kind::List,
        &[
            "RecyclerView",
            "ListView",
            "GridView",
            "ExpandableListView",
            "AbsListView",
            "StackView",
            "Gallery",
        ],
    ),
    (
        Kind::Scroll,
        &["ScrollView", "HorizontalScrollView", "NestedScrollView", "ViewPager", "ViewPager2"],
    ),
    (Kind::NavigationBar, &["Toolbar", "MaterialToolbar", "ActionBar"]),
    (Kind::TabBar, &["TabWidget", "TabLayout", "BottomNavigationView", "NavigationBarView"]),
    (Kind::WebView, &["WebView"]),
    (Kind::Map, &["MapView"]),
    (Kind::Video, &["VideoView"]),
    (Kind::Canvas, &["SurfaceView", "TextureView", "GLSurfaceView"]),
    (Kind::RemoteView, &["AppWidgetHostView"]),
];

/// Class and superclasses, joined by `:`. Only what a dump lets us know: the
/// class itself, and that it is a view.
pub(crate) fn chain(class: &str) -> String {
    const VIEW: &str = "android.view.View";
    if class == VIEW { VIEW.to_owned() } else { format!("{class}:{VIEW}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_known_by_their_last_name() {
        for class in
            ["android.support.v7.widget.RecyclerView", "androidx.recyclerview.widget.RecyclerView"]
        {
            assert_eq!(kind(class), Some(Kind::List));
        }
        assert_eq!(kind("android.app.ActionBar$Tab"), Some(Kind::Button));
        assert_eq!(kind("com.example.Hologram"), None);
    }

    #[test]
    fn no_class_stands_twice() {
        let mut names: Vec<_> = CLASSES.iter().flat_map(|(_, names)| *names).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn what_the_user_says_is_of_a_kind_that_says_so() {
        for class in ["CheckBox", "RadioButton", "Switch", "ToggleButton", "Spinner", "SeekBar"] {
            assert!(kind(class).unwrap().is_input_control(), "{class}");
        }
    }
}
