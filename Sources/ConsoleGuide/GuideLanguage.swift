/// A language in which people are told what to do.
package enum GuideLanguage: String, Sendable, CaseIterable {
  case english = "en"
  case german = "de"

  /// The language of a locale's name, such as `de_AT.UTF-8`; English where there is no text in its own.
  ///
  /// * `locale`: What `LC_ALL`, `LC_MESSAGES` or `LANG` says.
  package init(locale: String) {
    let name = locale.prefix { $0 != "_" && $0 != "." && $0 != "@" && $0 != "-" }
    self = Self.allCases.first { $0.rawValue == name.lowercased() } ?? .english
  }

  /// The texts of the language.
  var texts: GuideTexts {
    switch self {
    case .english: .english
    case .german: .german
    }
  }
}
