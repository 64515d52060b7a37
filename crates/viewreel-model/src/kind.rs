//! What a node is.

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $word:literal;)+) => {
        /// What a node is. The numbers are part of the capture contract and of
        /// the stored formats: they are never reused.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Kind { $($(#[$doc])* $name = $code,)+ }

        impl Kind {
            /// Every kind, in order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The kind of that number, or [`Kind::Unknown`].
            #[must_use]
            pub const fn from_code(code: u8) -> Self {
                match code { $($code => Self::$name,)+ _ => Self::Unknown }
            }

            /// The kind of that word, as [`Kind::word`] gives it.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)+ _ => None }
            }

            /// The kind as one lower-case word, for people and for `.vtree.jsonl`.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

kinds! {
    /// A drawing layer that nobody recognises: masked, never shown.
    #[default]
    Unknown = 0, "unknown";
    /// A plain container.
    View = 1, "view";
    /// Static text.
    Text = 2, "text";
    /// A picture.
    Image = 3, "image";
    /// A template picture drawn in a tint, such as an SF Symbol.
    Symbol = 4, "symbol";
    /// An editable text field or text view.
    TextInput = 5, "text-input";
    /// A search field with its surroundings.
    SearchBar = 6, "search-bar";
    /// A button.
    Button = 7, "button";
    /// An on-off switch.
    Switch = 8, "switch";
    /// A slider.
    Slider = 9, "slider";
    /// A minus-plus stepper.
    Stepper = 10, "stepper";
    /// A segmented control.
    Segmented = 11, "segmented";
    /// Page dots.
    PageControl = 12, "page-control";
    /// A date picker.
    DatePicker = 13, "date-picker";
    /// A wheel picker.
    Picker = 14, "picker";
    /// A progress bar.
    Progress = 15, "progress";
    /// An activity spinner.
    Activity = 16, "activity";
    /// A navigation bar.
    NavigationBar = 17, "navigation-bar";
    /// A tab bar.
    TabBar = 18, "tab-bar";
    /// A toolbar.
    Toolbar = 19, "toolbar";
    /// An alert or action sheet.
    Alert = 20, "alert";
    /// A context or pull-down menu.
    Menu = 21, "menu";
    /// A scroll view.
    Scroll = 22, "scroll";
    /// A table, collection or other recycling list.
    List = 23, "list";
    /// A recycled row or item of a list.
    Cell = 24, "cell";
    /// A web view.
    WebView = 25, "web-view";
    /// A map.
    Map = 26, "map";
    /// A video surface.
    Video = 27, "video";
    /// A camera preview.
    Camera = 28, "camera";
    /// A surface the app draws itself (OpenGL, Metal, drawing canvas).
    Canvas = 29, "canvas";
    /// A PDF page.
    Pdf = 30, "pdf";
    /// A view that another process draws.
    RemoteView = 31, "remote-view";
    /// The software keyboard.
    Keyboard = 32, "keyboard";
    /// A blur material.
    Blur = 33, "blur";
    /// A gradient.
    Gradient = 34, "gradient";
    /// A filled or stroked shape.
    Shape = 35, "shape";
    /// A stand-in for something that was not captured or was replaced.
    Placeholder = 36, "placeholder";
}

impl Kind {
    /// Whether the kind takes text from the user.
    #[must_use]
    pub const fn is_editable(self) -> bool {
        matches!(self, Self::TextInput | Self::SearchBar)
    }

    /// Whether the kind shows a date or one of many words that somebody chose.
    #[must_use]
    pub const fn is_picker(self) -> bool {
        matches!(self, Self::DatePicker | Self::Picker)
    }

    /// Whether the kind is a control whose *state* is something the user said.
    #[must_use]
    pub const fn is_input_control(self) -> bool {
        matches!(self, Self::Switch | Self::Slider | Self::Stepper | Self::Segmented)
            || self.is_picker()
    }

    /// Whether the kind has a state, the user's or the app's.
    #[must_use]
    pub const fn has_state(self) -> bool {
        self.is_input_control() || matches!(self, Self::PageControl | Self::Progress)
    }

    /// Whether the content comes from outside the view tree and is therefore
    /// replaced by a placeholder unless somebody says `keep`.
    #[must_use]
    pub const fn is_opaque_content(self) -> bool {
        matches!(
            self,
            Self::WebView
                | Self::Map
                | Self::Video
                | Self::Camera
                | Self::Canvas
                | Self::Pdf
                | Self::RemoteView
        )
    }
}
