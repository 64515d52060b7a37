//! What each XCUITest element type is.

use viewreel_model::Kind;

/// The type of password fields.
pub(crate) const SECURE: &str = "SecureTextField";

/// What an element type is: its kind, and the UIKit class that mostly stands
/// behind it with its superclasses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type {
    /// The name without the prefix `XCUIElementType`.
    pub name: &'static str,
    /// Its kind.
    pub kind: Kind,
    /// UIKit classes, most derived first, joined by `:`.
    pub classes: &'static str,
}

/// The type of that name. A name that Apple does not have is
/// [`Kind::Unknown`], whose content is masked.
#[must_use]
pub(crate) fn of(name: &str) -> Type {
    let unknown = Type { name: "Unknown", kind: Kind::Unknown, classes: VIEW };
    TYPES.iter().find(|known| known.name == name).copied().unwrap_or(unknown)
}

const VIEW: &str = "UIView";
const BUTTON: &str = "UIButton:UIControl:UIView";
const CONTROL: &str = "UIControl:UIView";
const FIELD: &str = "UITextField:UIControl:UIView";

const fn t(name: &'static str, kind: Kind, classes: &'static str) -> Type {
    Type { name, kind, classes }
}

/// Every type of Apple's `XCUIElement.ElementType`, those of macOS included.
pub(crate) const TYPES: &[Type] = &[
    t("Any", Kind::View, VIEW),
    t("Other", Kind::View, VIEW),
    t("Application", Kind::View, VIEW),
    t("Group", Kind::View, VIEW),
    t("Window", Kind::View, "UIWindow:UIView"),
    t("Sheet", Kind::Alert, VIEW),
    t("Drawer", Kind::View, VIEW),
    t("Alert", Kind::Alert, VIEW),
    t("Dialog", Kind::Alert, VIEW),
    t("Button", Kind::Button, BUTTON),
    t("RadioButton", Kind::Switch, CONTROL),
    t("RadioGroup", Kind::View, VIEW),
    t("CheckBox", Kind::Switch, CONTROL),
    t("DisclosureTriangle", Kind::Button, BUTTON),
    t("PopUpButton", Kind::Button, BUTTON),
    t("ComboBox", Kind::TextInput, FIELD),
    t("MenuButton", Kind::Button, BUTTON),
    t("ToolbarButton", Kind::Button, BUTTON),
    t("Popover", Kind::Menu, VIEW),
    t("Keyboard", Kind::Keyboard, VIEW),
    t("Key", Kind::Button, BUTTON),
    t("NavigationBar", Kind::NavigationBar, "UINavigationBar:UIView"),
    t("TabBar", Kind::TabBar, "UITabBar:UIView"),
    t("TabGroup", Kind::TabBar, VIEW),
    t("Toolbar", Kind::Toolbar, "UIToolbar:UIView"),
    t("StatusBar", Kind::View, VIEW),
    t("Table", Kind::List, "UITableView:UIScrollView:UIView"),
    t("TableRow", Kind::Cell, "UITableViewCell:UIView"),
    t("TableColumn", Kind::View, VIEW),
    t("Outline", Kind::List, "UICollectionView:UIScrollView:UIView"),
    t("OutlineRow", Kind::Cell, "UICollectionViewCell:UIView"),
    t("Browser", Kind::List, VIEW),
    t("CollectionView", Kind::List, "UICollectionView:UIScrollView:UIView"),
    t("Slider", Kind::Slider, "UISlider:UIControl:UIView"),
    t("PageIndicator", Kind::PageControl, "UIPageControl:UIControl:UIView"),
    t("ProgressIndicator", Kind::Progress, "UIProgressView:UIView"),
    t("ActivityIndicator", Kind::Activity, "UIActivityIndicatorView:UIView"),
    t("SegmentedControl", Kind::Segmented, "UISegmentedControl:UIControl:UIView"),
    t("Picker", Kind::Picker, "UIPickerView:UIView"),
    t("PickerWheel", Kind::Picker, VIEW),
    t("Switch", Kind::Switch, "UISwitch:UIControl:UIView"),
    t("Toggle", Kind::Switch, CONTROL),
    t("Link", Kind::Button, CONTROL),
    t("Image", Kind::Image, "UIImageView:UIView"),
    t("Icon", Kind::Button, VIEW),
    t("SearchField", Kind::SearchBar, "UISearchTextField:UITextField:UIControl:UIView"),
    t("ScrollView", Kind::Scroll, "UIScrollView:UIView"),
    t("ScrollBar", Kind::View, VIEW),
    t("StaticText", Kind::Text, "UILabel:UIView"),
    t("TextField", Kind::TextInput, FIELD),
    t(SECURE, Kind::TextInput, FIELD),
    t("DatePicker", Kind::DatePicker, "UIDatePicker:UIControl:UIView"),
    t("TextView", Kind::TextInput, "UITextView:UIScrollView:UIView"),
    t("Menu", Kind::Menu, VIEW),
    t("MenuItem", Kind::Button, VIEW),
    t("MenuBar", Kind::Toolbar, VIEW),
    t("MenuBarItem", Kind::Button, VIEW),
    t("Map", Kind::Map, "MKMapView:UIView"),
    t("WebView", Kind::WebView, "WKWebView:UIView"),
    t("IncrementArrow", Kind::Button, BUTTON),
    t("DecrementArrow", Kind::Button, BUTTON),
    t("Timeline", Kind::View, VIEW),
    t("RatingIndicator", Kind::Slider, CONTROL),
    t("ValueIndicator", Kind::Slider, CONTROL),
    t("SplitGroup", Kind::View, VIEW),
    t("Splitter", Kind::View, VIEW),
    t("RelevanceIndicator", Kind::Progress, VIEW),
    t("ColorWell", Kind::View, "UIColorWell:UIControl:UIView"),
    t("HelpTag", Kind::View, VIEW),
    t("Matte", Kind::View, VIEW),
    t("DockItem", Kind::Button, VIEW),
    t("Ruler", Kind::View, VIEW),
    t("RulerMarker", Kind::View, VIEW),
    t("Grid", Kind::List, VIEW),
    t("LevelIndicator", Kind::Progress, VIEW),
    t("Cell", Kind::Cell, "UITableViewCell:UIView"),
    t("LayoutArea", Kind::View, VIEW),
    t("LayoutItem", Kind::View, VIEW),
    t("Handle", Kind::View, VIEW),
    t("Stepper", Kind::Stepper, "UIStepper:UIControl:UIView"),
    t("Tab", Kind::Button, BUTTON),
    t("TouchBar", Kind::View, VIEW),
    t("StatusItem", Kind::View, VIEW),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_found_by_name_and_each_stands_once() {
        for (index, known) in TYPES.iter().enumerate() {
            assert_eq!(of(known.name).kind, known.kind);
            assert!(TYPES[..index].iter().all(|other| other.name != known.name), "{}", known.name);
        }
    }

    #[test]
    fn what_takes_text_or_a_choice_from_the_user_is_of_a_kind_that_says_so() {
        for name in ["TextField", SECURE, "TextView", "SearchField", "ComboBox"] {
            assert!(of(name).kind.is_editable(), "{name}");
        }
        for name in ["Switch", "Toggle", "CheckBox", "RadioButton", "Slider", "Stepper"] {
            assert!(of(name).kind.is_input_control(), "{name}");
        }
        for name in ["Picker", "PickerWheel", "DatePicker", "SegmentedControl"] {
            assert!(of(name).kind.is_input_control(), "{name}");
        }
    }

    #[test]
    fn a_type_that_nobody_knows_is_unknown() {
        assert_eq!(of("Hologram").kind, Kind::Unknown);
    }
}
