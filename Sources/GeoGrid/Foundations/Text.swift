/// 双语文本: what the program says to a person, in both languages side by side.
public struct Text: Hashable, Sendable {
    public var zh: String
    public var en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    public subscript(language: Language) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }
}

/// 界面语言: the language a person is answered in.
public enum Language: String, CaseIterable, Codable, Sendable {
    case zh, en

    /// The language of a POSIX locale name such as `en_GB.UTF-8`; Chinese where the locale says nothing.
    public init(locale: String) {
        let name = locale.lowercased()
        self =
            name.isEmpty || name == "c" || name == "posix" || name.hasPrefix("c.") || name.hasPrefix("zh") ? .zh : .en
    }
}
