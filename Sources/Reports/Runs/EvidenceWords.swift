import CanonicalJSON
import RotationEngine

extension Evidence {
  /// The members on one line: `leaf sha256:3f2a41…; ports 8443, 8445`; empty where there is nothing to
  /// show. Digests are shortened, lists and objects inside are counted where they are long.
  func words(_ layout: TextLayout) -> String {
    let shown = members.compactMap { member in
      Self.words(member.value, layout).map { "\(Self.spelled(member.name)) \($0)" }
    }
    let text = shown.prefix(4).joined(separator: "; ")
    return shown.count > 4 ? "\(text); \(layout.ellipsis)" : text
  }

  /// A member's name in words: `clientsOfVersion142` is `clients of version 142`.
  private static func spelled(_ name: String) -> String {
    var words = ""
    var last: Character?
    for character in name {
      let begins = character.isUppercase || character.isNumber
      if begins, let last, last.isLetter, !last.isUppercase { words += " " }
      words += character.lowercased()
      last = character
    }
    return words
  }

  private static func words(_ value: JSONValue, _ layout: TextLayout) -> String? {
    switch value {
    case .null: nil
    case .bool(let truth): truth ? "yes" : "no"
    case .integer(let number):
      // Times by a server's clock are milliseconds; nothing that is counted comes near.
      number >= 1_000_000_000_000
        ? Wording.second(Instant(milliseconds: number)) : Wording.number(Int(number))
    case .string(let text): shortened(text, layout)
    case .array(let elements):
      elements.count > 4
        ? "\(elements.count) of them"
        : elements.compactMap { words($0, layout) }.joined(separator: ", ")
    case .object(let members): "(\(Evidence(members).words(layout)))"
    }
  }

  private static func shortened(_ text: String, _ layout: TextLayout) -> String {
    for scheme in ["sha256:", "simulated:"] where text.hasPrefix(scheme) && text.count > 24 {
      return text.prefix(scheme.count + 10) + layout.ellipsis
    }
    return text.count > 60 ? text.prefix(59) + layout.ellipsis : text
  }
}
